import { z } from "zod";
import { field, reference } from "../define";
import { environment } from "../resources/environment";
import { byIdOrNames, defineFunction, found, toldOf } from "./function";

const outputs = {
  ...toldOf(environment.outputs, ["environmentId", "account"]),
  project: environment.inputs.project,
  name: environment.inputs.name,
  type: environment.inputs.type,
  environmentId: environment.outputs.environmentId,
  account: environment.outputs.account,
};

/** Finds an environment by its name, by its type where only one of the project has it, or by its id. */
export const getEnvironment = defineFunction({
  type: "getEnvironment",
  about: "Environment",
  example: { args: { project: "Shop", type: "production" }, answer: "environmentId" },
  inputs: {
    /** Id of the environment. Leave it out where anything else is given. */
    id: field(z.string().min(1).optional()),
    /** Project of the environment: its id, or its name. It may be left out while only one environment of the account fits. */
    project: reference("Project", z.string().min(1).optional()),
    /** Name of the environment. */
    name: field(z.string().min(1).optional()),
    /** Type of the environment, `staging` or `production`. */
    type: field(environment.inputs.type.schema.optional()),
  },
  outputs,
  rules: [byIdOrNames("project", "name", "type")],
  run: (platform, args) => found(platform, "Environment", args, outputs),
});
