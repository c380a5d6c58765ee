import type * as pulumi from "@pulumi/pulumi";
import { ApiKey, Application, Environment, FeatureFlagRule, WebhookEndpoint } from "../resources";
import type { Declared } from "./declared";

/** A value for each entry, by the entry's name. `web:` without a field is an entry too. */
export const each = <E, T>(entries: Readonly<Record<string, E>>, make: (name: string, entry: E) => T) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, make(name, entry ?? ({} as E))]));

/** The resources of an environment, each called as its entry. They hang on the environment: without it none is made. */
export function makeChildren(
  { name, type, deletionProtection, applications = {}, flags = {}, webhooks = {}, keys = {} }: Declared,
  project: pulumi.Output<string>,
  flagId: (slug: string) => pulumi.Output<string>,
  own: pulumi.CustomResourceOptions,
) {
  const protection = deletionProtection === undefined ? {} : { deletionProtection };
  const environment = new Environment("environment", { project, name: name!, type: type!, ...protection }, own);
  return {
    environment,
    applications: each(applications, (app, entry) => new Application(app, { environment, name: app, ...entry }, own)),
    rules: each(flags, (slug, entry) => new FeatureFlagRule(slug, { environment, flag: flagId(slug), ...entry }, own)),
    webhooks: each(webhooks, (hook, entry) => new WebhookEndpoint(hook, { environment, ...entry }, own)),
    keys: each(keys, (key, entry) => new ApiKey(key, { environment, name: key, ...entry }, own)),
  };
}
