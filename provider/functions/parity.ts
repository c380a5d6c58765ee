import { z } from "zod";
import { field, reference } from "../define";
import { lookedUp } from "../lifecycle/lookup";
import { defineFunction } from "./function";
import { differencesOf } from "./parity/compare";
import { environmentIdOf, snapshot } from "./parity/snapshot";

/**
 * Compares two environments, object by object and field by field, and says of each difference whether it is meant to be. It
 * tells names and never a value. The command `golive parity` also knows config, state and hosts.
 */
export const getParity = defineFunction({
  type: "getParity",
  example: { args: { staging: "Shop/Staging", production: "Shop/Production" }, answer: "differences" },
  inputs: {
    /** Environment to compare: its id, or its name, after its project's where two projects have one (`Shop/staging`). */
    staging: reference("Environment", z.string().min(1)),
    /** Environment to compare it with. */
    production: reference("Environment", z.string().min(1)),
  },
  outputs: {
    /** Whether nothing differs by accident. */
    inParity: field(z.boolean()),
    /** What differs. */
    differences: field(
      z.array(
        z.strictObject({
          /** Where, e.g. `applications.web.redirectUris`. */
          path: z.string(),
          /** `accident` where the two are meant to be the same, `design` where they differ by nature. */
          verdict: z.enum(["accident", "design"]),
          /** Why. */
          reason: z.string(),
        }),
      ),
    ),
  },
  async run(platform, { staging, production }) {
    const ids = await Promise.all([staging, production].map((called) => environmentIdOf(platform, called)));
    const environments = await Promise.all(ids.map((id) => lookedUp(platform, "Environment", { id })));
    const [one, other] = await Promise.all(environments.map((environment) => snapshot(platform, environment)));
    const differences = differencesOf(one!, other!);
    return { inParity: differences.every(({ verdict }) => verdict === "design"), differences };
  },
});
