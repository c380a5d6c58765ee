// What `golive adopt` writes besides config. The programs are those of examples/go-live with `adopt` set.

import { documentOf } from "../yaml/document";

const head = `import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";
`;

export const sharedProgram = `// What the environments share: the project and the flags' definitions, taken over as they are. It is a stack of its own,
// so that destroying an environment can never take them with it. After the first \`pulumi up\`, \`adopt\` may go.
${head}
const config = new pulumi.Config();
const project = new golive.Project("project", { name: config.require("project"), adopt: true });

type FlagConfig = Pick<golive.FeatureFlagArgs, "name" | "description" | "tags" | "owner" | "defaultValue">;
const flags = Object.entries(config.requireObject<Record<string, FlagConfig>>("flags")).map(
  ([slug, args]) => new golive.FeatureFlag(slug, { project, slug, ...args, adopt: true }),
);

export const projectId = project.id;
export const flagIds = pulumi
  .all(flags.map((flag) => pulumi.all([flag.slug, flag.id])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
`;

export const environmentProgram = `// One environment and all that golive manages in it, taken over as it is: everything is found by its natural key, and
// what config says of it is what it was. After the first \`pulumi up\`, \`adopt\` may go.
${head}
type Own<Args> = Omit<Args, "environment" | "environmentType" | "name" | "flag" | "adopt">;
interface EnvironmentConfig {
  applications: Record<string, Own<golive.ApplicationArgs>>;
  flags: Record<string, Own<golive.FeatureFlagRuleArgs>>;
  webhooks: Record<string, Own<golive.WebhookEndpointArgs>>;
  keys: Record<string, Own<golive.ApiKeyArgs>>;
}
const config = new pulumi.Config();
const read = <K extends keyof EnvironmentConfig>(key: K) =>
  Object.entries(config.getObject<EnvironmentConfig[K]>(key) ?? {}) as [string, EnvironmentConfig[K][string]][];

// the stack that owns the project and the flags
const shared = new pulumi.StackReference(config.require("shared"));
const flagIds = shared.requireOutput("flagIds") as pulumi.Output<Record<string, string>>;

const adopt = true;
const environment = new golive.Environment("environment", {
  project: shared.requireOutput("projectId"),
  name: config.require("name"),
  type: config.require<"staging" | "production">("type"),
  adopt,
});

const applications = read("applications").map(
  ([name, args]) => new golive.Application(name, { environment, name, ...args, adopt }),
);
for (const [slug, args] of read("flags"))
  new golive.FeatureFlagRule(slug, { environment, flag: flagIds.apply((ids) => ids[slug]!), ...args, adopt });
const webhooks = read("webhooks").map(
  ([name, args]) => new golive.WebhookEndpoint(name, { environment, ...args, adopt }),
);
const keys = read("keys").map(([name, args]) => new golive.ApiKey(name, { environment, name, ...args, adopt }));

export const environmentId = environment.id;
export const clientIds = pulumi
  .all(applications.map((app) => pulumi.all([app.name, app.clientId])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
export const signingSecrets = pulumi
  .all(webhooks.map((webhook) => pulumi.all([webhook.url, webhook.signingSecret])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
export const apiKeys = pulumi
  .all(keys.map((key) => pulumi.all([key.name, key.value])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
`;

/** A project file of Pulumi. */
export const projectFile = (name: string, description: string): string =>
  documentOf({ name, description, runtime: "nodejs" }).toString({ lineWidth: 0 });

export const manifest = (name: string, version: string): string =>
  `${JSON.stringify(
    {
      name,
      version: "0.1.0",
      private: true,
      dependencies: { "@golive/pulumi": version, "@pulumi/pulumi": "^3.200.0" },
    },
    undefined,
    2,
  )}\n`;

export const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: "ES2022",
      module: "Node16",
      moduleResolution: "Node16",
      types: ["node"],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    files: ["index.ts"],
  },
  undefined,
  2,
)}\n`;
