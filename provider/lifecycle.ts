import { type Bag, type Definition, type Failure, namesOf } from "./define";
import { ConfigError, DeletionProtected, ObjectExists, Offline, PartlyDone, prefixed, Refused } from "./errors";
import { guardAccount, isSure, notFoundBy } from "./lifecycle/account";
import { check } from "./lifecycle/check";
import { changedInputs, isReplaced, withCompleted } from "./lifecycle/compare";
import { Creation } from "./lifecycle/creation";
import { circle, Handover, heldBy, isRefusal, naturalKeyOf, writtenKey } from "./lifecycle/handover";
import { Journal, journalKey, naturalKey } from "./lifecycle/journal";
import { keyEnvironments } from "./lifecycle/key-environment";
import { label } from "./lifecycle/label";
import { askedFor } from "./lifecycle/locate";
import { Once, type Wait } from "./lifecycle/once";
import { type Kept, Owned } from "./lifecycle/owned";
import { type Owner, spoken } from "./lifecycle/owner";
import { changeOf } from "./lifecycle/removal";
import { declaredState, importedState } from "./lifecycle/state";
import type { Account, Change, Connection, Live, Platform, Store } from "./platforms/platform";
import { definitions, type Inputs, type Kind } from "./resources";

export interface Difference {
  readonly changes: boolean;
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}
/** The resource that a diff is about. */
export interface Subject {
  readonly id?: string;
  readonly owner?: Owner;
  /** The owner that state names: another one where the program says that the resource was called otherwise. */
  readonly formerly?: Owner;
}
/**
 * What the engine asks of a resource, without a word of any platform or of Pulumi's wire. An owner is the URN of the
 * resource that is meant.
 */
export interface Lifecycle {
  /** `warnings` stop nothing: the door shows them. */
  check(olds: Bag, news: Bag): { inputs: Bag; failures: readonly Failure[]; warnings?: readonly string[] };
  diff(held: Bag, news: Bag, subject?: Subject): Difference;
  create(inputs: Bag, owner?: Owner): Promise<{ id: string; outs: Bag }>;
  /** `undefined` means gone. */
  read(id: string, held: Bag): Promise<{ id: string; outs: Bag; inputs: Bag } | undefined>;
  update(id: string, held: Bag, inputs: Bag, owner?: Owner): Promise<{ outs: Bag }>;
  /** Answers a sentence when the object was kept. */
  delete(id: string, held: Bag, owner?: Owner): Promise<string | undefined>;
}

/** One lifecycle for all kinds: it knows no resource and no platform by name. */
export function lifecycle(
  kind: Kind,
  connection: () => Connection,
  journal = new Journal(),
  wait: Wait | undefined = undefined,
  whose = keyEnvironments,
): Lifecycle {
  const definition: Definition = definitions[kind];
  const owned = new Owned();
  const markOf = (account: unknown, values: Bag) => JSON.stringify(naturalKey(String(account), definition, values));
  const handover = new Handover();
  const keyName = writtenKey(definition);
  /** What tells an object in state from others: its natural key, and its id where state holds it. */
  const marksOf = (held: Bag): string[] => [
    markOf(held["account"], held),
    ...namesOf(definition.outputs, (field) => Boolean(field.id)).map((name) => String(held[name])),
  ];
  const onceFor = (account: string, values: Bag, owner: Owner) =>
    new Once(journal, journalKey(account, definition, values, owner), owner, wait);

  const connect = (): { platform: Platform; store: Store<Kind> } => {
    const { platform, offline, problems } = connection();
    if (offline !== undefined) throw new Offline(offline);
    if (!platform)
      throw new ConfigError(problems.map((p) => `${p.property} ${p.reason}`).join("; ") || "no platform is configured");
    const store = platform.stores[kind] as Store<Kind> | undefined;
    if (!store) throw new ConfigError(`${platform.name} has no ${kind}`, "Remove it from the program.");
    return { platform, store };
  };

  /** Stops where a key may be another environment's than the object's that state has. */
  const guardKey = ({ confined }: Platform, held: Bag, id: string): Promise<void> =>
    whose.guard(confined, journal, held, held["account"], confined?.proves(kind, id));

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

  const remove = async (id: string, held: Bag, owner: Owner): Promise<string | undefined> => {
    // state of an earlier golive does not say it
    const guarded = withCompleted(definition, held);
    for (const [name, { protects }] of Object.entries(definition.inputs))
      if (protects && guarded[name] === true)
        throw new DeletionProtected(
          `${name} is on, and with it would go ${protects}`,
          `Set \`${name}: false\`, run \`pulumi up\`, then delete it.`,
        );
    const { platform, store } = connect();
    const account = await platform.account();
    guardAccount(held, account);
    await guardKey(platform, held, id);
    // to a key that does not see the object it is gone already, and deleting it would seem to succeed
    if (!isSure(held, account) && !(await store.read(id, held))) throw notFoundBy(id);
    const kept = await store.delete(id, held);
    owned.release([id, ...marksOf(held)]);
    owned.end(owner, id);
    // what was reset and kept is free for another
    onceFor(account.id, held, owner).done();
    return kept ?? undefined;
  };

  return {
    check(olds, news) {
      const { platform, rules, unused, problems } = connection();
      const useless: readonly string[] = unused?.[kind] ?? [];
      const written = Object.fromEntries(Object.entries(news).filter(([name]) => !useless.includes(name)));
      const { inputs, failures, warnings: ends } = check(definition, olds, written, rules);
      if (failures.length > 0) return { inputs, failures };
      const [left, taken] = [olds, inputs].map((bag) => naturalKeyOf(definition, bag));
      const moves = definition.sole && left !== undefined && taken !== undefined && left !== taken;
      if (moves && handover.note(left, taken))
        return { inputs, failures: [{ property: keyName, reason: circle(keyName, inputs[keyName]) }] };
      const before = isReplaced(definition.inputs, olds, inputs) ? {} : olds;
      const refused = platform ? platform.refusals(kind, inputs, before) : problems;
      if (refused.length > 0) return { inputs, failures: refused };
      const strayed = whose.faults(platform?.confined, journal, inputs);
      if (strayed.length > 0) return { inputs, failures: strayed };
      const warned = [...ends, ...(platform?.warnings?.(kind, inputs) ?? [])];
      const warnings = warned.map(({ property, reason }) => `${label(definition, inputs)}: ${property} ${reason}`);
      return { inputs, failures: [], ...(warnings.length > 0 && { warnings }) };
    },

    diff(held, news, { id, owner, formerly } = {}) {
      const marks = [...(id === undefined ? [] : [id]), ...marksOf(held)];
      const other = owned.takenBy(owner, formerly, marks);
      if (other !== undefined)
        throw new ObjectExists(
          `${label(definition, held, id)} belongs to ${spoken(other)} already, which declares the same object`,
          "Remove one of the two, or give them different natural keys.",
        );
      const { platform } = connection();
      if (id !== undefined)
        whose.meet(platform?.confined, journal, { kind, id, held }, () => connect().store.read(id, held));
      // at a refresh both sides are from state, which may be of an earlier golive
      const [before, after] = [held, news].map((bag) => withCompleted(definition, bag)) as [Bag, Bag];
      const changed = changedInputs(definition.inputs, before, after);
      const replaces = changed.filter((name) => definition.inputs[name]!.replace);
      // the engine may replace it all the same: what it then asks for is a deletion by the same owner
      const stay = changed.length > 0 ? "with changes" : "as it is";
      owned.note(owner, marks, replaces.length === 0 ? stay : undefined, formerly);
      if (id !== undefined) owned.meet(owner, { id, held });
      const keyChanges = changed.some((name) => definition.inputs[name]!.key);
      // with the same natural key the old object must go first: it would be found in the new one's place
      return {
        changes: changed.length > 0,
        changed,
        replaces,
        deleteBeforeReplace: replaces.length > 0 && !keyChanges,
      };
    },

    create: (inputs, owner) =>
      verb("could not be created", inputs, undefined, async () => {
        const { platform, store } = connect();
        const account = await platform.account();
        await whose.guard(platform.confined, journal, inputs);
        const mark = markOf(account.id, inputs);
        const old = owned.old(owner);
        // asked for beside its old one, which has the natural key still
        if (old && marksOf(old.held).includes(mark)) {
          await remove(old.id, old.held, owner);
          owned.end(owner, old.id, true);
        }
        try {
          const once = onceFor(account.id, inputs, owner);
          const keys = [owner, undefined].map((one) => journalKey(account.id, definition, inputs, one));
          const live = await new Creation(definition, store, journal, owned, once, { owner, mark, keys }).run(inputs);
          owned.note(owner, [live.id, mark], owned.stayOf(live.id));
          whose.used(platform.confined, journal, inputs);
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
        await guardKey(platform, held, id);
        // nothing is held of what a program gets, or an import, and so there is nothing that could be gone
        const isAsked = Object.keys(held).length === 0;
        const live = isAsked ? await askedFor(platform, kind, id) : await store.read(id, held);
        if (!live) {
          if (isSure(held, account)) return undefined;
          throw notFoundBy(id);
        }
        if (platform.confined?.proves(kind, id)) whose.prove(platform.confined, journal, held["environment"]);
        const state = { ...held, account: account.id };
        const { outs, inputs } = importedState(definition, state, live.state);
        return { id: live.id, outs, inputs };
      }),

    update: (id, held, inputs, owner) =>
      verb("could not be updated", inputs, id, async () => {
        const { platform, store } = connect();
        owned.note(owner, [id, ...marksOf(held)], "as it is");
        const fields = changedInputs(definition.inputs, withCompleted(definition, held), inputs).filter((name) => {
          const field = definition.inputs[name]!;
          return !field.local || field.rotates;
        });
        // what is only golive's own is recorded and reaches no platform
        if (fields.length === 0) return { outs: declaredState(definition, inputs, {}, held) };
        const account = await platform.account();
        guardAccount(held, account);
        await guardKey(platform, held, id);
        const changing = changeOf(definition.inputs, held, inputs, fields) as Change<Kind>["inputs"];
        const issuer = onceFor(account.id, inputs, owner);
        const change = { inputs: changing, held, fields: new Set(fields), issuer };
        const [left, taken] = [held, inputs].map((bag) => naturalKeyOf(definition, bag));
        const write = async () => {
          const live = await store.update(id, change);
          if (left !== undefined && left !== taken) handover.leave(left);
          return { outs: outcome(inputs, live, account, held) };
        };
        return write().catch(async (error: unknown) => {
          if (!definition.sole || left === taken || !isRefusal(error)) throw error;
          const holder = await store.find(inputs as Inputs<Kind>).catch(() => undefined);
          if (holder?.id === id) throw error;
          // who had it may have left it since, in this very moment
          if (taken !== undefined && (await handover.free(taken))) return write();
          throw holder ? heldBy(keyName, inputs[keyName], holder.id) : error;
        });
      }),

    delete: (id, held, owner) =>
      verb("could not be deleted", held, id, async () => {
        // deleted already, for the new one's natural key to be free
        if (owned.isEnded(owner, id)) return undefined;
        const kept = owned.keeps(owner, [id, ...marksOf(held)]);
        if (kept) return stays(kept, `${label(definition, held, id)}`);
        return remove(id, held, owner);
      }),
  };
}

/** What is said of an object that the engine means to delete, and that a resource of the program goes on with. */
function stays(kept: Kept, what: string): string {
  if (kept === "renamed") return `${what} has another name in the program now, and stays.`;
  if (kept === "held") return `${what} is what this resource has, and stays.`;
  throw new Refused(
    "it was asked for as a replacement of itself, and was kept as it is",
    "Give the resource the option `deleteBeforeReplace: true`, and replace it again: then the old one goes first.",
  );
}
