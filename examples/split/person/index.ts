// What the dashboard API alone makes: the project, its environments, their default applications and the flags' definitions.
// It changes seldom, and a person deploys it with a login of their own.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const project = new golive.Project("project", { name: config.require("project") });

const staging = new golive.Environment("staging", { project, name: "Staging", type: "staging" });
const production = new golive.Environment("production", { project, name: "Production", type: "production" });
new golive.Application("staging", {
  environment: staging,
  name: "web",
  redirectUris: [{ uri: "https://staging.example.com/callback", default: true }],
});
new golive.Application("production", {
  environment: production,
  name: "web",
  redirectUris: [{ uri: "https://example.com/callback", default: true }],
});
for (const [slug, args] of Object.entries(
  config.requireObject<Record<string, Pick<golive.FeatureFlagArgs, "name" | "description">>>("flags"),
))
  new golive.FeatureFlag(slug, { project, slug, ...args });

/** By the names of CI's stacks. */
export const environments = { staging: staging.id, production: production.id };
