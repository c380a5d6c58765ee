// One program for every environment of a product. What differs between staging and production stands in
// Pulumi.staging.yaml and Pulumi.production.yaml, and nowhere else.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";

/** What an environment's config holds. */
interface EnvironmentConfig {
  name: string;
  type: "staging" | "production";
  applications: Record<string, Pick<golive.ApplicationArgs, "kind" | "redirectUris" | "logoutUris" | "corsOrigins">>;
  flags: Record<string, Pick<golive.FeatureFlagRuleArgs, "enabled" | "access" | "organizations">>;
  webhooks: Record<string, Pick<golive.WebhookEndpointArgs, "url" | "events">>;
}
const config = new pulumi.Config();
const read = <K extends keyof EnvironmentConfig>(key: K) => config.requireObject<EnvironmentConfig[K]>(key);

// the project and the flags' definitions belong to a stack of their own, which no environment can take with it
const shared = new pulumi.StackReference(config.require("shared"));
const flagIds = shared.requireOutput("flagIds") as pulumi.Output<Record<string, string>>;

const environment = new golive.Environment("environment", {
  project: shared.requireOutput("projectId"),
  name: config.require("name"),
  type: config.require<EnvironmentConfig["type"]>("type"),
  deletionProtection: config.getBoolean("deletionProtection"),
});

const applications = Object.entries(read("applications")).map(
  ([name, args]) => new golive.Application(name, { environment, name, ...args }),
);

const rules = Object.entries(read("flags")).map(
  ([slug, args]) =>
    new golive.FeatureFlagRule(slug, { environment, flag: flagIds.apply((ids) => ids[slug]!), ...args }),
);

const webhooks = Object.entries(read("webhooks")).map(
  ([name, args]) => new golive.WebhookEndpoint(name, { environment, ...args }),
);

const key = new golive.ApiKey("backend", { environment, name: "backend" });

export const environmentId = environment.id;
export const clientIds = pulumi
  .all(applications.map((app) => pulumi.all([app.name, app.clientId])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
export const ruleIds = pulumi.all(rules.map((rule) => rule.id));
export const signingSecrets = pulumi
  .all(webhooks.map((webhook) => pulumi.all([webhook.url, webhook.signingSecret])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
export const apiKey = key.value;
