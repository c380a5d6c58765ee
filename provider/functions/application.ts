import { z } from "zod";
import { field, reference } from "../define";
import { application } from "../resources/application";
import { byIdOrNames, defineFunction, found, toldOf } from "./function";

const outputs = {
  ...toldOf(application.inputs, ["adopt", "environmentType", "credentials", "deletionProtection", "name"]),
  name: application.inputs.name,
  applicationId: application.outputs.applicationId,
  clientId: application.outputs.clientId,
  account: application.outputs.account,
};

/** Finds an application by its name, by its client id, or as the default one of an environment. It never tells a secret. */
export const getApplication = defineFunction({
  type: "getApplication",
  about: "Application",
  example: { args: { environment: "Shop/Production", name: "web" }, answer: "clientId" },
  inputs: {
    /** Id of the application. Leave it out where anything else is given. */
    id: field(z.string().min(1).optional()),
    /** Environment of the application: its id, or its name, after its project's where two projects have one (`Shop/production`). */
    environment: reference("Environment", z.string().min(1).optional()),
    /** Name of the application. */
    name: field(z.string().min(1).optional()),
    /** Client id of the application. */
    clientId: field(z.string().min(1).optional()),
    /** Whether it is the default application of the environment. */
    isDefault: field(z.boolean().optional()),
  },
  outputs,
  rules: [byIdOrNames("environment", "name", "clientId", "isDefault")],
  run: (platform, args) => found(platform, "Application", args, outputs),
});
