import { z } from "zod";
import { field, reference } from "../define";
import { featureFlag } from "../resources/feature-flag";
import { byIdOrNames, defineFunction, found, toldOf } from "./function";

const outputs = {
  ...toldOf(featureFlag.inputs, ["adopt", "project", "slug", "name", "secretPayload"]),
  project: featureFlag.inputs.project,
  slug: featureFlag.inputs.slug,
  name: featureFlag.inputs.name,
  flagId: featureFlag.outputs.flagId,
  account: featureFlag.outputs.account,
};

/** Finds a feature flag by its slug, or by its id. */
export const getFeatureFlag = defineFunction({
  type: "getFeatureFlag",
  about: "FeatureFlag",
  example: { args: { project: "Shop", slug: "new-checkout" }, answer: "flagId" },
  inputs: {
    /** Id of the flag. Leave it out where anything else is given. */
    id: field(z.string().min(1).optional()),
    /** Project of the flag: its id, or its name. It may be left out while only one flag of the account fits. */
    project: reference("Project", z.string().min(1).optional()),
    /** What the application asks for. */
    slug: field(z.string().min(1).optional()),
  },
  outputs,
  rules: [byIdOrNames("project", "slug")],
  run: (platform, args) => found(platform, "FeatureFlag", args, outputs),
});
