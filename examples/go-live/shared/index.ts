// What the environments of the product share. It is a stack of its own, so that destroying staging can never take
// production's project or flags with it.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const project = new golive.Project("project", { name: config.require("project") });

const flags = Object.entries(
  config.requireObject<Record<string, Pick<golive.FeatureFlagArgs, "name" | "description" | "tags">>>("flags"),
).map(([slug, args]) => new golive.FeatureFlag(slug, { project, slug, ...args }));

export const projectId = project.id;
export const flagIds = pulumi
  .all(flags.map((flag) => pulumi.all([flag.slug, flag.id])))
  .apply((pairs) => Object.fromEntries(pairs) as Record<string, string>);
