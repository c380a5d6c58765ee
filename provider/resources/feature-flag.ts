import { z } from "zod";
import { field, reference } from "../define";
import { payloadRules, variantRules } from "../rules/variants";
import { defineResource, description, jsonText, name } from "./common";

/** A switch that an application asks for by its slug. Defined once in a project; a FeatureFlagRule says what it does in one environment. */
export const featureFlag = defineResource({
  type: "FeatureFlag",
  sole: true,
  example: { slug: "new-checkout", name: "New checkout", tags: ["checkout"] },
  inputs: {
    /** Project of the flag. */
    project: reference("Project", z.string().min(1), { key: true, replace: true }),
    /** What the application asks for: letters, digits, `-` and `_`. Most platforms take lower-case letters alone. */
    slug: field(z.string().regex(/^[a-zA-Z0-9_-]{1,400}$/, "use letters, digits, `-` and `_`, at most 400"), {
      key: true,
      replace: true,
    }),
    /** Name for people, 1 to 200 characters. */
    name: field(name()),
    /** What the flag is for. */
    description: field(description().optional()),
    /** Labels to find it by. */
    tags: field(z.array(z.string().trim().min(1)).optional(), { unordered: true, fresh: [] }),
    /** Id of the dashboard user who answers for it. Whoever holds the token, when left out. */
    owner: field(z.string().min(1).optional()),
    /** What the flag answers where no rule decides. */
    defaultValue: field(z.boolean().optional(), { fresh: false }),
    /** What the flag answers in place of true: one of these, by their shares. */
    variants: field(
      z
        .array(
          z.strictObject({
            /** What the application gets. */
            key: z.string().trim().min(1).max(400),
            /** Name for people. */
            name: z.string().optional(),
            /** Percent of those who get the flag that get this variant, 0 to 100. All shares together are 100. */
            share: z.number().min(0).max(100),
            /** What the application gets along with it, as JSON text. */
            payload: jsonText().optional(),
          }),
        )
        .optional(),
      { fresh: [] },
    ),
    /** What the application gets along with true, as JSON text. */
    payload: field(jsonText().optional()),
    /** The same, and a secret: encrypted at the platform, for servers alone. */
    secretPayload: field(jsonText().optional(), { secret: true, crossing: "ask" }),
    /** Whether the flag is there for its payload alone, the same for everybody. */
    remoteConfig: field(z.boolean().optional(), { fresh: false }),
    /** Where the flag is evaluated: `all`, on a `server` alone, or in a `client` alone. */
    runtime: field(z.enum(["all", "server", "client"]).optional(), { fresh: "all" }),
    /** What is drawn by lot for a share: the `user`, or the `device`. */
    bucketing: field(z.enum(["user", "device"]).optional(), { fresh: "user" }),
    /** Whether a person keeps over a login what they got before it. */
    persistAcrossLogin: field(z.boolean().optional(), { fresh: false }),
    /** Contexts in which the flag is evaluated. Everywhere, when left out. */
    contexts: field(z.array(z.string().trim().min(1)).optional(), { unordered: true, fresh: [] }),
  },
  outputs: {
    /** Id of the flag. */
    flagId: field(z.string(), { id: true }),
    /** The definition as text, for the flag's rules, where the platform keeps one in each environment. Without the secret payload. */
    definition: field(z.string().optional()),
    /** The secret payload, for the flag's rules, and empty where there is none. */
    sealedPayload: field(z.string().optional(), { secret: true, kept: true, crossing: "drop" }),
  },
  rules: [variantRules, payloadRules],
});
