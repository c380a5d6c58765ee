import type { ApplicationFacts, EnvironmentFacts, Facts, KeyFacts, WebhookFacts } from "@golive/provider/checklist";
import type { LiveEnvironment } from "../environment/from-live";
import type { Resource, State } from "../environment/from-state";
import { type Entry, SECRET, type View } from "../environment/view";

/** What was found of one environment. What is absent could not be read. */
export interface Found {
  readonly label: string;
  readonly config?: View | undefined;
  readonly state?: State | undefined;
  readonly live?: LiveEnvironment | undefined;
  /** What the platform says beside its objects. */
  readonly facts?: Partial<EnvironmentFacts> | undefined;
  readonly customDomain?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const list = (entries: Readonly<Record<string, Entry>>): readonly (readonly [string, Entry])[] =>
  Object.entries(entries);
const ofKind = (state: State | undefined, kind: Resource["kind"]): readonly Resource[] | undefined =>
  state?.resources.filter((resource) => resource.kind === kind);

const applicationFacts = (name: string, values: Entry): ApplicationFacts => ({
  name,
  kind: text(values["kind"]),
  redirectUris: (values["redirectUris"] as ApplicationFacts["redirectUris"]) ?? [],
});
/**
 * Of the live object where that was read, else as state has it, else as config declares it. Platforms do not tell an
 * application's kind, and make a default one that nobody may use.
 */
function applications({ live, state, config }: Found): readonly ApplicationFacts[] | undefined {
  const held = ofKind(state, "Application")?.map(({ name, inputs }) =>
    applicationFacts(text(inputs["name"]) ?? name, inputs),
  );
  const declared =
    held ?? (config && list(config.entries.applications).map(([name, entry]) => applicationFacts(name, entry)));
  if (!live) return declared;
  return live.objects.applications.flatMap(({ id, state: told }) => {
    const facts = applicationFacts(told.name ?? id, told as Entry);
    const own = declared?.find(({ name }) => name === facts.name);
    return own || facts.redirectUris?.length ? [{ ...facts, kind: facts.kind ?? own?.kind }] : [];
  });
}

/** State alone knows whether a key's value is held; without it, what config declares is still to be issued. */
function keys({ state, config, live }: Found): readonly KeyFacts[] | undefined {
  const held = ofKind(state, "ApiKey");
  if (held)
    return held.map(({ name, inputs, outputs, secrets }) => ({
      name: text(inputs["name"]) ?? name,
      issued: true,
      secretHeld: outputs["secretHeld"] !== false,
      encrypted: outputs["value"] === undefined || secrets.includes("value"),
    }));
  const declared = config ? list(config.entries.keys) : [];
  if (declared.length > 0)
    return declared.map(([name, { value }]) => ({
      name,
      // one that was made by hand is held by config already
      ...(value === undefined
        ? { issued: live?.objects.keys.some(({ state: key }) => key.name === name) ?? false }
        : { issued: true, secretHeld: true, encrypted: value === SECRET }),
    }));
  // a key that no stack declares may be the platform's own, of which nobody has the value
  return live?.objects.keys.length === 0 ? [] : undefined;
}

function webhooks({ state, config, live }: Found): readonly WebhookFacts[] | undefined {
  const declared = config && list(config.entries.webhooks);
  const named = (url: string) => declared?.find(([, entry]) => entry["url"] === url)?.[0];
  const held = ofKind(state, "WebhookEndpoint");
  const secretHeld = (url: string) =>
    held?.find(({ inputs }) => inputs["url"] === url)?.outputs["secretHeld"] !== false;
  if (live)
    return live.objects.webhooks.map(({ state: hook }) => {
      const url = String(hook.url);
      return { name: named(url), url, ...(held ? { secretHeld: secretHeld(url) } : {}) };
    });
  if (held)
    return held.map(({ inputs }) => {
      const url = String(inputs["url"]);
      return { name: named(url), url, secretHeld: secretHeld(url) };
    });
  return declared?.map(([name, { url }]) => ({ name, url: String(url) }));
}

/** Slugs with a rule. In state a rule names its flag by id: the flag's own stack, or the resource's name, tells the slug. */
function rules({ state, config }: Found, flags: ReadonlyMap<string, string>): readonly string[] | undefined {
  const held = ofKind(state, "FeatureFlagRule");
  if (held) return held.map(({ name, inputs }) => flags.get(String(inputs["flag"])) ?? name);
  return config && Object.keys(config.entries.flags);
}

function environmentFacts(found: Found, flags: ReadonlyMap<string, string>): EnvironmentFacts {
  const environment = ofKind(found.state, "Environment")?.[0];
  const declared = found.config?.environment;
  const protection = environment?.outputs["deletionProtection"] ?? declared?.["deletionProtection"];
  return {
    name: text(environment?.outputs["name"]) ?? text(declared?.["name"]) ?? found.label,
    deletionProtection: typeof protection === "boolean" ? protection : undefined,
    applications: applications(found),
    keys: keys(found),
    webhooks: webhooks(found),
    rules: rules(found, flags),
    customDomain: found.customDomain,
    ...found.facts,
  };
}

const flatten = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(flatten) : [value];

/** Outputs of its resources whose value the stack tells those who deploy the product, e.g. `clientId`. */
function exported(state: State | undefined): readonly string[] | undefined {
  if (!state) return undefined;
  const told = new Set(flatten(state.outputs).filter((value) => typeof value === "string" && value !== SECRET));
  const names = state.resources.flatMap(({ outputs }) =>
    Object.entries(outputs).flatMap(([name, value]) => (told.has(value) ? [name] : [])),
  );
  return [...new Set(names)];
}

/** The facts that the checklist judges, from everything that could be read. */
export function factsOf(found: {
  readonly production: Found;
  readonly staging?: Found | undefined;
  /** States of further stacks, such as the one that owns the flags. */
  readonly others: readonly State[];
  /** What the platform says of the account. */
  readonly account?: Partial<Facts> | undefined;
}): Facts {
  const { production, staging } = found;
  const states = [production.state, staging?.state, ...found.others].filter((state) => state !== undefined);
  const defined = new Map<string, string>();
  for (const flag of states.flatMap((state) => ofKind(state, "FeatureFlag") ?? []))
    defined.set(flag.id, String(flag.inputs["slug"]));
  for (const live of [production.live, staging?.live])
    for (const flag of live?.flags ?? []) defined.set(flag.id, String(flag.state.slug));
  // a key of production is issued only to an account that may use production
  const issued = (ofKind(production.state, "ApiKey")?.length ?? 0) > 0;
  return {
    production: environmentFacts(production, defined),
    staging: staging && environmentFacts(staging, defined),
    billing: issued ? true : undefined,
    exported: exported(production.state),
    flags: defined.size > 0 ? [...defined.values()] : undefined,
    ...found.account,
  };
}
