import { z } from "zod";
import { field } from "../define";
import { project } from "../resources/project";
import { byIdOrNames, defineFunction, found, toldOf } from "./function";

const outputs = {
  ...toldOf(project.inputs, ["adopt", "includeProduction", "name"]),
  ...toldOf(project.outputs, ["projectId", "account"]),
  name: project.inputs.name,
  projectId: project.outputs.projectId,
  account: project.outputs.account,
};

/** Finds a project by its name or its id. It is read and managed by nobody. */
export const getProject = defineFunction({
  type: "getProject",
  about: "Project",
  example: { args: { name: "Shop" }, answer: "projectId" },
  inputs: {
    /** Id of the project. Leave it out where `name` is given. */
    id: field(z.string().min(1).optional()),
    /** Name of the project. */
    name: field(z.string().min(1).optional()),
  },
  outputs,
  rules: [byIdOrNames("name")],
  run: (platform, args) => found(platform, "Project", args, outputs),
});
