import type { Inputs } from "../../resources";
import type { Held, Live, Store } from "../platform";
import { type Context, requireExtension } from "./context";
import { createKey, expireKey } from "./platform-api";
import { unlessGone } from "./project";
import { fromWire, own, scope, selection, type Spelling } from "./spelling";
import { sharing } from "./team";

interface KeyWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly name: string;
  readonly expiredAt: string | null;
  readonly applicationId: string | null;
  /** These three of the rehearsal only. */
  readonly kind?: "SECRET" | "PUBLISHABLE";
  readonly last4?: string;
  readonly value?: string | null;
}
const spelling: Spelling<"ApiKey"> = {
  environment: scope,
  application: {
    select: "applicationId",
    to: (applicationId) => ({ applicationId }),
    from: (wire) => wire["applicationId"] as string | null,
  },
  name: "name",
  kind: {
    select: "",
    to: (kind) => ({ kind: kind.toUpperCase() }),
    from: ({ kind }) => (kind === undefined ? undefined : ((kind as string).toLowerCase() as Inputs<"ApiKey">["kind"])),
  },
  expiresAt: {
    select: "expiredAt",
    to: (expiresAt) => ({ expiresAt }),
    from: ({ expiredAt }) => expiredAt as string | null,
  },
  version: own,
  overlap: own,
};

const isOver = (at: string | null | undefined) => typeof at === "string" && Date.parse(at) <= Date.now();
const instant = (at: string | undefined) => (at === undefined ? null : new Date(at).toISOString());

export function apiKeys(context: Context): Store<"ApiKey"> {
  const { dashboard, team, extensions } = context;
  const fields = `id name expiredAt applicationId ${extensions ? "kind last4 value" : ""} ${selection({ expiresAt: spelling.expiresAt })}`;
  const share = sharing<readonly KeyWire[]>();

  const inEnvironment = (environmentId: string) =>
    share(environmentId, async () => {
      await team.environment(environmentId);
      const text = `query Golive($environmentId: ID!) { apiKeys(environmentId: $environmentId) { ${fields} } }`;
      const { apiKeys: keys } = await dashboard.query<{ apiKeys: KeyWire[] }>(
        "apiKeys",
        text,
        { environmentId },
        environmentId,
      );
      return keys.filter((key) => !isOver(key.expiredAt));
    });
  /** On import nothing but the id is known: every environment is looked through. */
  const whereIs = async (id: string, environment: string | undefined) => {
    const candidates = environment
      ? [environment]
      : (await team.now()).projectsV2.flatMap((project) => project.environments.map((e) => e.id));
    for (const candidate of candidates) {
      const key = (await inEnvironment(candidate)).find((k) => k.id === id);
      if (key) return { key, environment: candidate };
    }
    return undefined;
  };

  const live = (id: string, key: KeyWire, environment: string, held: Held<"ApiKey"> = {}): Live<"ApiKey"> => {
    const value = key.value ?? undefined;
    const told = fromWire(spelling, key);
    // an instant has many written forms: the declared one stays while it means the same
    const same = held.expiresAt !== undefined && instant(held.expiresAt) === instant(told.expiresAt ?? undefined);
    return {
      id,
      state: {
        ...told,
        ...(same && { expiresAt: held.expiresAt }),
        environment,
        keyId: key.id,
        ...(key.last4 !== undefined && { last4: key.last4 }),
        ...(value !== undefined && { value }),
        secretHeld: value !== undefined || held.value !== undefined,
        ...(isOver(held.previousExpiresAt) && { previousKeyId: null, previousValue: null, previousExpiresAt: null }),
      },
    };
  };

  /** A new key with its value, which no later answer may show. */
  const mint = async (inputs: Inputs<"ApiKey">): Promise<{ id: string; value: string }> => {
    const { environment, application, name, kind, expiresAt } = inputs;
    await team.environment(environment);
    if (!extensions) return createKey(context, environment, name, instant(expiresAt));
    const { key, value } = await dashboard.mutate<{ key: { id: string }; value: string }>(
      "mintApiKey",
      {
        environmentId: environment,
        applicationId: application ?? null,
        name,
        kind: kind.toUpperCase(),
        expiresAt: instant(expiresAt),
      },
      [
        "ApiKeyMinted { key { id } value }",
        "EnvironmentNotFound { environmentId }",
        "UserlandApplicationNotFound { applicationId }",
        "ProductionEnvironmentRequiresBilling { message }",
        "ApiKeyInvalid { message }",
      ],
      { environmentId: environment },
    );
    return { id: key.id, value };
  };
  const expire = async (id: string, environment: string, at: string | null): Promise<void> => {
    if (!extensions) return expireKey(context, environment, id, at);
    const members = ["ApiKeyExpired { __typename }", "ApiKeyNotFound { keyId }"];
    await dashboard.mutate("expireApiKey", { keyId: id, expiresAt: at }, members, { repeatable: true });
  };
  const made = async (
    id: string,
    minted: { id: string; value: string },
    inputs: Inputs<"ApiKey">,
    held: Held<"ApiKey">,
  ) => {
    const found = await whereIs(minted.id, inputs.environment);
    const key = found?.key ?? {
      id: minted.id,
      name: inputs.name,
      expiredAt: instant(inputs.expiresAt),
      applicationId: inputs.application ?? null,
    };
    return live(id, { ...key, value: minted.value }, inputs.environment, held);
  };

  return {
    async find({ environment, name }) {
      const key = (await inEnvironment(environment)).find((k) => k.name === name);
      return key && live(key.id, key, environment);
    },
    async create(inputs) {
      const minted = await mint(inputs);
      return made(minted.id, minted, inputs, inputs);
    },
    async read(id, held) {
      const found = await whereIs(held.keyId ?? id, held.environment);
      return found && live(id, found.key, found.environment, held);
    },
    async update(id, { inputs, held, fields: changed }) {
      const { environment, overlap } = inputs;
      const current = held.keyId ?? id;
      if (changed.has("version")) {
        const minted = await mint(inputs);
        const until = new Date(Date.now() + overlap * 1000).toISOString();
        await expire(current, environment, overlap === 0 ? null : until);
        const fresh = await made(id, minted, inputs, inputs);
        const previous = { previousKeyId: current, previousValue: held.value ?? null, previousExpiresAt: until };
        return { id, state: { ...fresh.state, ...(overlap > 0 && previous) } };
      }
      if (changed.has("name")) {
        requireExtension(context, "renameApiKey");
        await dashboard.mutate(
          "renameApiKey",
          { keyId: current, name: inputs.name },
          ["ApiKeyRenamed { __typename }", "ApiKeyNotFound { keyId }"],
          { repeatable: true },
        );
      }
      if (changed.has("expiresAt")) await expire(current, environment, instant(inputs.expiresAt));
      const found = (await whereIs(current, environment))!;
      return live(id, found.key, environment, { ...held, ...inputs });
    },
    async delete(id, held) {
      const environment = held.environment ?? (await whereIs(held.keyId ?? id, undefined))?.environment;
      if (environment === undefined) return;
      const previous = held.previousKeyId !== undefined && !isOver(held.previousExpiresAt) ? [held.previousKeyId] : [];
      for (const key of [held.keyId ?? id, ...previous]) await expire(key, environment, null).catch(unlessGone);
    },
    list: async ({ environment }) =>
      environment === undefined ? [] : (await inEnvironment(environment)).map((key) => live(key.id, key, environment)),
  };
}
