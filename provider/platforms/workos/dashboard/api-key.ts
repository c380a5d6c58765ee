import { Ambiguous, Refused, Unsupported } from "../../../errors";
import type { Change, ChangedInputs, Held, Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { byHand } from "../capabilities";
import { listed, quoted } from "./client";
import { afterMaking, issued, present, unlessGone } from "../../wire/failures";
import { instant, isOver, keyCodecs as codecs, type KeyWire, rotationOf } from "./key-codec";
import { fromWire, selection, codecsFor, toWire } from "../../wire/codec";

interface Found {
  readonly key: KeyWire;
  readonly environment: string;
}
type KeyLists = Partial<Record<"Active" | "RecentlyExpired", { readonly data?: readonly KeyWire[] } | null>>;
interface Minted {
  readonly id: string;
  readonly value: string;
}
const mintedMembers = [
  "ApiKeyMinted { key { id } value }",
  "EnvironmentNotFound { environmentId }",
  "UserlandApplicationNotFound { applicationId }",
  "ProductionEnvironmentRequiresBilling { message }",
  "ApiKeyInvalid { message }",
];
const gone = "ApiKeyNotFound { keyId }";

function store(clients: Clients): Store<"ApiKey"> {
  const { dashboard, team, platformApi, extensions } = clients;
  const table = codecsFor(codecs, extensions);
  const fields = `id ${selection(table)} ${extensions ? "last4 value" : ""}`;

  const inEnvironment = sharedBy(async (id) => {
    const inside = await team.environment(id);
    const args = (scope: string) => `environmentId: ${quoted(id)}, scope: ${scope}`;
    const [active, ended] = ["Active", "RecentlyExpired"].map(
      (scope) => `${scope}: keys(${args(scope)}) { data { ${fields} } }`,
    );
    const answer = await dashboard.inside(inside).query<KeyLists>("keys", `{ ${active} ${ended} }`);
    const all = [...listed("keys", answer.Active?.data), ...listed("keys", answer.RecentlyExpired?.data)];
    return { valid: all.filter((key) => !isOver(key.expiredAt)), ended: all.filter((key) => isOver(key.expiredAt)) };
  });
  /**
   * There is no asking for one key: that it ended is proof, and so is that its environment is gone. On import nothing
   * but the id is known, and every environment is looked through.
   */
  const locate = async (id: string, held: Held<"ApiKey">): Promise<Found | undefined> => {
    const among = async (inside: string) => {
      const { valid, ended } = await inEnvironment(inside);
      const key = valid.find((candidate) => candidate.id === id);
      return { found: key && { key, environment: inside }, isOver: ended.some((candidate) => candidate.id === id) };
    };
    if (held.environment === undefined || held.keyId === undefined) {
      const places = await team.places({ ...(held.environment !== undefined && { environment: held.environment }) });
      const answers = await Promise.all(places.map(({ environment }) => among(environment.id)));
      return answers.find(({ found }) => found)?.found;
    }
    const inside = (await team.find(held.environment))?.environment.id;
    if (inside === undefined) return undefined;
    const answer = await among(inside);
    if (answer.found || answer.isOver || isOver(held.expiresAt)) return answer.found;
    if (!(await team.stands(inside))) return undefined;
    throw new Refused(
      `the keys of environment ${inside} are listed without ${id}, which is no proof that it ended`,
      "Run the same command again; if it was deleted, remove it with `pulumi state delete`.",
    );
  };

  const live = (id: string, { key, environment }: Found, held: Held<"ApiKey"> = {}): Live<"ApiKey"> => {
    const told = fromWire(table, key);
    // an instant has many written forms: the declared one stays while it means the same
    const isSame = held.expiresAt !== undefined && instant(held.expiresAt) === instant(told.expiresAt);
    const isHeld = typeof key.value === "string";
    const last4 = key.last4 ?? key.value?.slice(-4);
    return {
      id,
      state: {
        ...told,
        ...(isSame && { expiresAt: held.expiresAt }),
        environment,
        keyId: key.id,
        ...(last4 !== undefined && { last4 }),
        ...(isHeld && { value: key.value as string }),
        secretHeld: isHeld || held.value !== undefined,
        ...(isOver(held.previousExpiresAt) && { previousKeyId: null, previousValue: null, previousExpiresAt: null }),
      },
    };
  };

  /** A key that ended on the day that was declared. No list tells of it. */
  const ended = (id: string, { keyId = id, value }: Held<"ApiKey">): Live<"ApiKey"> => ({
    id,
    state: { keyId, secretHeld: value !== undefined },
  });

  /** A new key with its value, which no later answer may show. */
  const mint = async (inputs: ChangedInputs<"ApiKey">): Promise<Minted> => {
    const inside = await team.environment(inputs.environment);
    if (!extensions) return platformApi.createKey(inside, inputs.name, instant(inputs.expiresAt));
    const wire = toWire(table, inputs, Object.keys(inputs), "mintKey").get("mintKey");
    const input = { environmentId: inside, ...wire };
    const answer = await dashboard
      .inside(inside)
      .mutate<{ key: { id: string }; value: string }>("mintKey", input, mintedMembers);
    return { id: answer.key.id, value: answer.value };
  };
  /** Ends a key that was there a moment ago. */
  const expire = async (keyId: string, environment: string, expiresAt: string | null): Promise<void> => {
    const inside = await team.environment(environment);
    if (extensions) {
      const members = ["ApiKeyExpired { __typename }", gone];
      await dashboard.inside(inside).mutate("expireKey", { keyId, expiresAt }, members, { repeatable: true });
      return;
    }
    await platformApi.expireKey(inside, keyId, expiresAt).catch(async (error: unknown) => {
      // whether it ended, that API does not say: the list of those that ended does
      if (expiresAt !== null || !(await inEnvironment(inside)).ended.some(({ id }) => id === keyId)) throw error;
    });
  };
  /** The key as it is, with the value that only the minting told. */
  const withValue = async (id: string, minted: Minted, { environment, expiresAt }: ChangedInputs<"ApiKey">) => {
    const found = present(await locate(minted.id, { environment }), `key ${minted.id}`);
    return live(id, { ...found, key: { ...found.key, value: minted.value } }, expiresAt ? { expiresAt } : {});
  };
  /** A new key in place of the old one, which stays valid for the overlap. */
  const replace = async (
    id: string,
    inputs: ChangedInputs<"ApiKey">,
    held: Held<"ApiKey">,
  ): Promise<Live<"ApiKey">> => {
    const current = held.keyId ?? id;
    const minted = await mint(inputs);
    try {
      const { state } = await withValue(id, minted, inputs);
      const { until, previous } = rotationOf(current, held, inputs.overlap);
      if (!isOver(held.expiresAt)) await expire(current, inputs.environment, until).catch(unlessGone);
      return { id, state: { ...state, ...previous } };
    } catch (error) {
      // its value is in no state: nobody could use the new key, and the next `up` makes another
      await expire(minted.id, inputs.environment, null).catch(() => {
        const exchange = { method: "POST", url: "graphql" };
        throw new Ambiguous(`key ${minted.id} was made for nobody and could not be ended`, exchange);
      });
      throw error;
    }
  };
  const rotate = (id: string, { inputs, held, issuer }: Change<"ApiKey">): Promise<Live<"ApiKey">> => {
    const { environment, name } = inputs;
    const known = [id, held.keyId, held.previousKeyId];
    return issued(issuer, {
      name: `the rotation of ${id}`,
      there: async () =>
        (await inEnvironment(environment)).valid
          .filter((key) => key.name === name && !known.includes(key.id))
          .map((k) => k.id),
      send: () => replace(id, inputs, held),
      end: (lost) => expire(lost, environment, null).catch(unlessGone),
    });
  };

  return {
    async find({ environment, name, expiresAt, adopt }) {
      // a key that ends sooner than declared was rotated away: its name is free again, unless it is asked for
      const stays = ({ expiredAt }: KeyWire) => expiredAt === null || expiredAt === instant(expiresAt);
      const named = (await inEnvironment(environment)).valid.filter((candidate) => candidate.name === name);
      const key = named.find(stays) ?? (adopt ? named[0] : undefined);
      return key && live(key.id, { key, environment });
    },
    async create(inputs) {
      const minted = await mint(inputs);
      const { id, value } = minted;
      const known = () => ({ state: { keyId: id, value, last4: value.slice(-4), secretHeld: true } });
      return afterMaking(id, known, () => withValue(id, minted, inputs));
    },
    async read(id, held) {
      const found = await locate(held.keyId ?? id, held);
      if (found) return live(id, found, held);
      // it ended on the day that was declared: that is no drift, and it waits for its next version
      const hasEnded = isOver(held.expiresAt) && held.environment && (await team.find(held.environment));
      return hasEnded ? ended(id, held) : undefined;
    },
    async update(id, update) {
      const { inputs, held, fields: changed } = update;
      // the new key is made under the declared name, until the declared date
      if (changed.has("version")) return rotate(id, update);
      const { environment, name, expiresAt } = inputs;
      const current = held.keyId ?? id;
      if (changed.has("name")) {
        requireExtension(clients, "renameKey");
        const members = ["ApiKeyRenamed { __typename }", gone];
        const inside = dashboard.inside(await team.environment(environment));
        await inside.mutate("renameKey", { keyId: current, name }, members, { repeatable: true });
      }
      // without a date the API ends it now
      if (changed.has("expiresAt") && !expiresAt) throw new Unsupported("a key keeps its end", byHand.keepKey);
      if (changed.has("expiresAt")) await expire(current, environment, instant(expiresAt));
      const found = await locate(current, { environment });
      if (!found && isOver(held.expiresAt)) return ended(id, held);
      return live(id, present(found, `key ${current}`), { ...held, ...(expiresAt && { expiresAt }) });
    },
    async delete(id, held) {
      const current = held.keyId ?? id;
      const environment = (await locate(current, held))?.environment ?? held.environment;
      if (environment === undefined || !(await team.find(environment))) return;
      const previous = held.previousKeyId !== undefined && !isOver(held.previousExpiresAt) ? [held.previousKeyId] : [];
      for (const key of [current, ...previous]) await expire(key, environment, null).catch(unlessGone);
    },
    async list(scoped) {
      const places = await team.places(scoped);
      const found = await Promise.all(
        places.map(async ({ environment: { id } }) =>
          (await inEnvironment(id)).valid.map((key) => live(key.id, { key, environment: id })),
        ),
      );
      return found.flat();
    },
  };
}
export const apiKeys: ApiStore<"ApiKey"> = { codecs, store };
