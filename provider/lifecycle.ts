import { type Bag, type Definition, type Failure, namesOf } from "./define";
import { ConfigError, DeletionProtected, PartlyDone, prefixed } from "./errors";
import { guardAccount, isSure, notFoundBy } from "./lifecycle/account";
import { check } from "./lifecycle/check";
import { changedInputs, isReplaced } from "./lifecycle/compare";
import { Creation } from "./lifecycle/creation";
import { Journal, journalKey } from "./lifecycle/journal";
import { label } from "./lifecycle/label";
import { Owned } from "./lifecycle/owned";
import { changeOf } from "./lifecycle/removal";
import { declaredState, importedState } from "./lifecycle/state";
import type { Account, Change, Connection, Live, Platform, Store } from "./platforms/platform";
import { definitions, type Kind } from "./resources";

export interface Difference {
  readonly changes: boolean;
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}
/** What the engine asks of a resource, without a word of any platform or of Pulumi's wire. */
export interface Lifecycle {
  /** `warnings` stop nothing: the door shows them. */
  check(olds: Bag, news: Bag): { inputs: Bag; failures: readonly Failure[]; warnings?: readonly string[] };
  diff(held: Bag, news: Bag): Difference;
  create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
  /** `undefined` means gone. */
  read(id: string, held: Bag): Promise<{ id: string; outs: Bag; inputs: Bag } | undefined>;
  update(id: string, held: Bag, inputs: Bag): Promise<{ outs: Bag }>;
  /** Answers a sentence when the object was reset and kept. */
  delete(id: string, held: Bag): Promise<string | undefined>;
}

/** One lifecycle for all kinds: it knows no resource and no platform by name. */
export function lifecycle(kind: Kind, connection: () => Connection, journal = new Journal()): Lifecycle {
  const definition: Definition = definitions[kind];
  const owned = new Owned();
  /** What tells an object in state from others: its natural key, and its id where state holds it. */
  const marksOf = (held: Bag): string[] => [
    journalKey(String(held["account"]), definition, held),
    ...namesOf(definition.outputs, (field) => Boolean(field.id)).map((name) => String(held[name])),
  ];

  const connect = (): { platform: Platform; store: Store<Kind> } => {
    const { platform, problems } = connection();
    if (!platform)
      throw new ConfigError(problems.map((p) => `${p.property} ${p.reason}`).join("; ") || "no platform is configured");
    const store = platform.stores[kind] as Store<Kind> | undefined;
    if (!store) throw new ConfigError(`${platform.name} has no ${kind}`, "Remove it from the program.");
    return { platform, store };
  };

  /** Runs one verb; an error leaves it with the resource's name in front. */
  const verb = async <T>(doing: string, values: Bag, id: string | undefined, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw error instanceof Error ? prefixed(error, `${label(definition, values, id)} ${doing}: `) : error;
    }
  };

  const outcome = (inputs: Bag, live: Live<Kind>, account: Account, held: Bag = {}) =>
    declaredState(definition, inputs, live.state, { ...held, account: account.id });

  return {
    check(olds, news) {
      const { platform, rules, problems } = connection();
      const { inputs, failures, warnings: ends } = check(definition, olds, news, rules);
      if (failures.length > 0) return { inputs, failures };
      const before = isReplaced(definition.inputs, olds, inputs) ? {} : olds;
      const refused = platform ? platform.refusals(kind, inputs, before) : problems;
      if (refused.length > 0) return { inputs, failures: refused };
      const warned = [...ends, ...(platform?.warnings?.(kind, inputs) ?? [])];
      const warnings = warned.map(({ property, reason }) => `${label(definition, inputs)}: ${property} ${reason}`);
      return { inputs, failures: [], ...(warnings.length > 0 && { warnings }) };
    },

    diff(held, news) {
      owned.note(...marksOf(held));
      const changed = changedInputs(definition.inputs, held, news);
      const replaces = changed.filter((name) => definition.inputs[name]!.replace);
      if (replaces.length === 0) owned.stay(...marksOf(held));
      const keyChanges = changed.some((name) => definition.inputs[name]!.key);
      // with the same natural key the old object must go first: it would be found in the new one's place
      return {
        changes: changed.length > 0,
        changed,
        replaces,
        deleteBeforeReplace: replaces.length > 0 && !keyChanges,
      };
    },

    create: (inputs) =>
      verb("could not be created", inputs, undefined, async () => {
        const { platform, store } = connect();
        const account = await platform.account();
        try {
          const key = journalKey(account.id, definition, inputs);
          const live = await new Creation(definition, store, journal, owned, key).run(inputs);
          owned.note(live.id, key);
          return { id: live.id, outs: outcome(inputs, live, account) };
        } catch (error) {
          if (!(error instanceof PartlyDone)) throw error;
          const there = Object.fromEntries(Object.entries(inputs).filter(([name]) => !error.missing.includes(name)));
          throw new PartlyDone(
            error.id,
            outcome(there, { id: error.id, state: error.state }, account),
            error.missing,
            error,
          );
        }
      }),

    read: (id, held) =>
      verb("could not be read", held, id, async () => {
        const { platform, store } = connect();
        const account = await platform.account();
        guardAccount(held, account);
        const live = await store.read(id, held);
        if (!live) {
          if (isSure(held, account)) return undefined;
          throw notFoundBy(id);
        }
        const state = { ...held, account: account.id };
        const { outs, inputs } = importedState(definition, state, live.state);
        return { id: live.id, outs, inputs };
      }),

    update: (id, held, inputs) =>
      verb("could not be updated", inputs, id, async () => {
        const { platform, store } = connect();
        const fields = changedInputs(definition.inputs, held, inputs).filter((name) => {
          const field = definition.inputs[name]!;
          return !field.local || field.rotates;
        });
        // what is only golive's own is recorded and reaches no platform
        if (fields.length === 0) return { outs: declaredState(definition, inputs, {}, held) };
        const account = await platform.account();
        guardAccount(held, account);
        const changing = changeOf(definition.inputs, held, inputs, fields);
        const change = { inputs: changing as Change<Kind>["inputs"], held, fields: new Set(fields) };
        return { outs: outcome(inputs, await store.update(id, change), account, held) };
      }),

    delete: (id, held) =>
      verb("could not be deleted", held, id, async () => {
        if (owned.stays(id, ...marksOf(held)))
          return `${label(definition, held, id)} has another name in the program now, and stays.`;
        for (const [name, { protects }] of Object.entries(definition.inputs))
          if (protects && held[name] === true)
            throw new DeletionProtected(
              `${name} is on, and with it would go ${protects}`,
              `Set \`${name}: false\`, run \`pulumi up\`, then delete it.`,
            );
        const { platform, store } = connect();
        const account = await platform.account();
        guardAccount(held, account);
        // to a key that does not see the object it is gone already, and deleting it would seem to succeed
        if (!isSure(held, account) && !(await store.read(id, held))) throw notFoundBy(id);
        const kept = await store.delete(id, held);
        owned.release(id, ...marksOf(held));
        return kept ?? undefined;
      }),
  };
}
