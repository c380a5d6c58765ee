import { z } from "zod";
import { field, isUnknown, reference } from "../define";
import { defineResource, name } from "./common";

/**
 * An isolated silo of a project: users, organizations, connections, keys and webhook endpoints live in it and are never
 * copied. Named like the environment that came with the project, it claims that one instead of making a twin.
 */
export const environment = defineResource({
  type: "Environment",
  sole: true,
  example: { name: "Production", type: "production" },
  inputs: {
    /** Project of the environment. A change moves the environment, and is refused while the destination lacks what it depends on. */
    project: reference("Project", z.string().min(1), { key: true }),
    /** Name, unique in the project, 1 to 100 characters. Changed in place. */
    name: field(name(100), { key: true, crossing: "ask" }),
    /** `development`, `staging` or `production`, for good: no platform converts one into another. Not every platform has all three. */
    type: field(z.enum(["development", "staging", "production"]), {
      fixed:
        "no platform converts an environment, and a replacement would destroy its users. Declare a new Environment of the other type and move its clients over",
      crossing: "ask",
    }),
    /** While true, delete and replace are refused: one deploy must switch it off before another may. @default true in production */
    deletionProtection: field(z.boolean().optional(), {
      local: true,
      protects: "its users, organizations, connections, keys, webhook endpoints and the targeting of its flags",
      crossing: "drop",
    }),
  },
  outputs: {
    /** Id of the environment, e.g. `environment_01…`. */
    environmentId: field(z.string(), { id: true }),
    /** Client id of the environment's default application, public. */
    clientId: field(z.string().optional()),
    /** Public, write-only token of the environment, where the platform gives one. */
    token: field(z.string().optional()),
  },
  complete: ({ type, deletionProtection }) =>
    deletionProtection === undefined && type !== undefined && !isUnknown(type)
      ? { deletionProtection: type === "production" }
      : {},
});
