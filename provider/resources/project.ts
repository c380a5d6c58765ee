import { z } from "zod";
import { field } from "../define";
import { defineResource, name } from "./common";

/** A group of environments with shared configuration: feature flags, tags, audit log schemas, custom email domains. */
export const project = defineResource({
  type: "Project",
  sole: true,
  example: { name: "Shop" },
  inputs: {
    /** Name, unique in the account, 1 to 200 characters. Changed in place. */
    name: field(name(), { key: true }),
    /** Whether the platform also makes a production environment with the project. Read at creation only. @default true */
    includeProduction: field(z.boolean().default(true), { createOnly: true, local: true }),
  },
  outputs: {
    /** Id of the project, e.g. `project_01…`. */
    projectId: field(z.string(), { id: true }),
    /** Id of the staging environment that came with the project. */
    stagingEnvironmentId: field(z.string().optional()),
    /** Id of the production environment that came with the project, if one did. */
    productionEnvironmentId: field(z.string().optional()),
  },
});
