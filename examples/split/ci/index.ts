// What the secret key of one environment manages: where its events go, and which flags are on. It changes often, and CI
// deploys it. `GOLIVE_API_KEY` is the key of the stack's own environment.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const product = new pulumi.StackReference(config.require("product"));
const environment = product
  .getOutput("environments")
  .apply((ids) => (ids as Record<string, string> | undefined)?.[pulumi.getStack()] ?? "");
const environmentType = config.require<golive.EnvironmentArgs["type"] & string>("type");

const hooks = Object.entries(
  config.requireObject<Record<string, Pick<golive.WebhookEndpointArgs, "url" | "events">>>("webhooks"),
).map(([name, args]) => [name, new golive.WebhookEndpoint(name, { environment, environmentType, ...args })] as const);
for (const [slug, enabled] of Object.entries(config.requireObject<Record<string, boolean>>("switches")))
  // to a key a flag is its slug
  new golive.FeatureFlagRule(slug, { environment, flag: slug, enabled });

export const signingSecrets = Object.fromEntries(hooks.map(([name, hook]) => [name, hook.signingSecret]));
