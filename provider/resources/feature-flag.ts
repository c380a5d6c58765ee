import { z } from "zod";
import { field, reference } from "../define";
import { defineResource, description, name } from "./common";

/** A switch that an application asks for by its slug. Defined once in a project; a FeatureFlagRule says what it does in one environment. */
export const featureFlag = defineResource({
  type: "FeatureFlag",
  sole: true,
  inputs: {
    /** Project of the flag. */
    project: reference("Project", z.string().min(1), { key: true, replace: true }),
    /** What the application asks for: lower-case letters, digits, `-` and `_`, 1 to 100 characters. */
    slug: field(
      z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9_-]{0,99}$/,
          "use lower-case letters, digits, `-` and `_`, at most 100, starting with a letter or digit",
        ),
      { key: true, replace: true },
    ),
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
  },
  outputs: {
    /** Id of the flag. */
    flagId: field(z.string(), { id: true }),
  },
});
