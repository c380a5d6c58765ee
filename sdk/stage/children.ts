import * as pulumi from "@pulumi/pulumi";
import { ApiKey, Application, Environment, FeatureFlagRule, WebhookEndpoint } from "../resources";
import type { Declared } from "./declared";

/** A value for each entry, by the entry's name. `web:` without a field is an entry too. */
export const each = <E, T>(entries: Readonly<Record<string, E>>, make: (name: string, entry: E) => T) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, make(name, entry ?? ({} as E))]));

const secretOf = (field: string, value: unknown) => (field === "deletionProtection" ? value : pulumi.secret(value));
/**
 * Entries of a section, their fields all secret where one is: which of them it is, config does not tell. Protection is
 * none, and has to be known before any output is.
 */
const entriesOf = <E extends object>(isSecret: boolean, entries: Readonly<Record<string, E>> = {}) =>
  each(entries, (_, entry) =>
    isSecret ? (Object.fromEntries(Object.entries(entry).map(([k, value]) => [k, secretOf(k, value)])) as E) : entry,
  );

/** The resources of an environment, each called as its entry. They hang on the environment: without it none is made. */
export function makeChildren(
  declared: Declared,
  secrets: ReadonlySet<string>,
  project: pulumi.Output<string>,
  flagId: (slug: string) => pulumi.Output<string>,
  own: pulumi.CustomResourceOptions,
) {
  const { name, type, deletionProtection } = declared;
  const protection = deletionProtection === undefined ? {} : { deletionProtection };
  // one switch for the stage, and a word of its own for whom it is not to hold
  const guarded = <E extends { readonly deletionProtection?: unknown }>(entries?: Readonly<Record<string, E>>) =>
    entries && each(entries, (_, entry) => ({ ...protection, ...entry }));
  const applications = entriesOf(secrets.has("applications"), guarded(declared.applications));
  const flags = entriesOf(secrets.has("flags"), declared.flags);
  const webhooks = entriesOf(secrets.has("webhooks"), guarded(declared.webhooks));
  const keys = entriesOf(secrets.has("keys"), guarded(declared.keys));
  const environment = new Environment("environment", { project, name: name!, type: type!, ...protection }, own);
  // an environment that is refused never tells its id: what waits for it is refused with its project
  const inside = { environment: project.apply(() => environment.id), environmentType: type! };
  return {
    environment,
    applications: each(applications, (app, entry) => new Application(app, { ...entry, ...inside, name: app }, own)),
    rules: each(flags, (slug, entry) => new FeatureFlagRule(slug, { ...entry, ...inside, flag: flagId(slug) }, own)),
    webhooks: each(webhooks, (hook, entry) => new WebhookEndpoint(hook, { ...entry, ...inside }, own)),
    keys: each(keys, (key, entry) => new ApiKey(key, { ...entry, ...inside, name: key }, own)),
  };
}
