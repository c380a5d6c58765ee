import { z } from "zod";
import { field, reference } from "../define";
import { targetRules } from "../rules/targets";
import { shareRules } from "../rules/variants";
import { defineResource, environmentType, jsonText } from "./common";

const owner = z.enum(["code", "people"]).optional();

/** What a feature flag does in one environment. Fields that are not declared stay as people set them. Deleting it switches the flag off there. */
export const featureFlagRule = defineResource({
  type: "FeatureFlagRule",
  example: { enabled: true, access: "all" },
  inputs: {
    /** The flag. */
    flag: reference("FeatureFlag", z.string().min(1), { key: true, replace: true }),
    /** The environment. */
    environment: reference("Environment", z.string().min(1), { key: true, replace: true }),
    /** Type of that environment; filled in when `environment` is given as a resource. */
    environmentType: environmentType(),
    /** The flag's definition, where the platform keeps one in each environment; filled in when `flag` is given as a resource. A changed one is deployed with the rule. */
    definition: field(jsonText().optional(), { from: ["flag", "definition"], crossing: "drop" }),
    /** The flag's secret payload; filled in when `flag` is given as a resource. */
    secretPayload: field(z.union([z.literal(""), jsonText()]).optional(), {
      secret: true,
      from: ["flag", "sealedPayload"],
      crossing: "drop",
    }),
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
    /** Who gets it while it is on, where the platform goes by what people are: whoever meets one of these. */
    conditions: field(
      z
        .array(
          z.strictObject({
            /** What the condition is for. */
            description: z.string().optional(),
            /** Properties of the person, or of the group, all of which must be so. */
            properties: z
              .array(
                z.strictObject({
                  /** Name of the property. */
                  key: z.string().min(1),
                  /** How it is compared, e.g. `exact`, `icontains`, `is_set`. @default "exact" */
                  operator: z.string().min(1).default("exact"),
                  /** What it is compared with. */
                  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
                }),
              )
              .optional(),
            /** Names of cohorts, each of which the person must be in. */
            cohorts: z.array(z.string().min(1)).optional(),
            /** Names of cohorts that the person must not be in. */
            notCohorts: z.array(z.string().min(1)).optional(),
            /** Other flags that the person must get. */
            flags: z
              .array(
                z.strictObject({
                  /** The flag's slug. */
                  flag: z.string().min(1),
                  /** What it must answer: true, false, or a variant. @default true */
                  value: z.union([z.boolean(), z.string()]).default(true),
                }),
              )
              .optional(),
            /** Kind of group that the condition is about, e.g. `company`. People, when left out. */
            group: z.string().min(1).optional(),
            /** Percent of those who meet it that get the flag, 0 to 100. @default 100 */
            rolloutPercentage: z.number().min(0).max(100).default(100),
            /** Variant that all of them get. */
            variant: z.string().min(1).optional(),
          }),
        )
        .optional(),
      { fresh: [] },
    ),
    /** Shares of the flag's variants in this environment, where they differ from its definition. */
    shares: field(
      z
        .array(
          z.strictObject({
            /** Key of the variant. */
            variant: z.string().min(1),
            /** Its percent, 0 to 100. All shares together are 100. */
            share: z.number().min(0).max(100),
          }),
        )
        .optional(),
      { unordered: true, fresh: [] },
    ),
    /** Targeting in the platform's own words, as JSON text, for what has no field here. In place of conditions and shares. */
    filters: field(jsonText().optional(), { crossing: "ask" }),
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
          /** Owner of `conditions`. */
          conditions: owner,
          /** Owner of `shares`. */
          shares: owner,
          /** Owner of `filters`. */
          filters: owner,
        })
        .optional(),
      { local: true, owners: true },
    ),
  },
  outputs: {
    /** Id of the rule at the platform. */
    ruleId: field(z.string()),
  },
  rules: [targetRules, shareRules],
});
