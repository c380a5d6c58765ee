import { z } from "zod";
import { field, reference } from "../define";
import { targetRules } from "../rules/targets";
import { defineResource, environmentType } from "./common";

const owner = z.enum(["code", "people"]).optional();

/** What a feature flag does in one environment. Fields that are not declared stay as people set them. Deleting it switches the flag off there. */
export const featureFlagRule = defineResource({
  type: "FeatureFlagRule",
  inputs: {
    /** The flag. */
    flag: reference("FeatureFlag", z.string().min(1), { key: true, replace: true }),
    /** The environment. */
    environment: reference("Environment", z.string().min(1), { key: true, replace: true }),
    /** Type of that environment; filled in when `environment` is given as a resource. */
    environmentType: environmentType(),
    /** Whether the flag is switched on. */
    enabled: field(z.boolean().optional(), { fresh: false }),
    /** Who gets it while it is on: nobody, the listed targets, or everybody. */
    access: field(z.enum(["none", "some", "all"]).optional(), { fresh: "none" }),
    /** Ids of the organizations that get it while `access` is `some`. */
    organizations: field(z.array(z.string().min(1)).optional(), { unordered: true, fresh: [], crossing: "ask" }),
    /** Ids of the users who get it while `access` is `some`. */
    users: field(z.array(z.string().min(1)).optional(), { unordered: true, fresh: [], crossing: "ask" }),
    /** Share of users who get it, 0 to 100 percent, where the platform shares it out. */
    rolloutPercentage: field(z.number().min(0).max(100).optional()),
    /** Who owns a declared field: `code` restores it at every deploy, `people` may change it in the dashboard after it was written once, at creation. @default "code" for each */
    ownedBy: field(
      z
        .strictObject({
          /** Owner of `enabled`. */
          enabled: owner,
          /** Owner of `access`. */
          access: owner,
          /** Owner of `organizations`. */
          organizations: owner,
          /** Owner of `users`. */
          users: owner,
          /** Owner of `rolloutPercentage`. */
          rolloutPercentage: owner,
        })
        .optional(),
      { local: true, owners: true },
    ),
  },
  outputs: {
    /** Id of the rule at the platform. */
    ruleId: field(z.string()),
  },
  rules: [targetRules],
});
