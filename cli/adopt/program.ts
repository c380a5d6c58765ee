// What `golive adopt` writes besides config. The programs are those of examples/go-live with `adopt` set.

import { documentOf } from "../yaml/document";

export const sharedProgram = `// What the environments share: the project and the flags' definitions, taken over as they are. It is a stack of its own,
// so that destroying an environment can never take them with it. After the first \`pulumi up\`, \`adopt\` may go.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";

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
import * as golive from "@golive/pulumi";

const stage = new golive.Stage("stage", { adopt: true, goLive: {} });
export const { environmentId, clientIds, apiKeys, signingSecrets, inventory } = stage;
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
