import { Refused, Unsupported } from "../../errors";
import type { Inputs } from "../../resources";
import type { Live, Store } from "../platform";
import { byHand } from "./capabilities";
import { type Context, requireExtension } from "./context";
import { deleteEnvironment } from "./platform-api";
import { unlessGone } from "./project";
import { fromWire, own, scope, type Spelling } from "./spelling";
import { type EnvironmentWire, inTeam } from "./team";

/** The names that environments get with a project. Nobody else's environment is ever taken for one of these. */
const defaultNames = { staging: "staging", production: "production" } as const;

const spelling: Spelling<"Environment"> = {
  project: scope,
  name: "name",
  type: {
    select: "sandbox",
    to: (type) => ({ isSandbox: type === "staging" }),
    from: ({ sandbox }) => (sandbox ? "staging" : "production"),
  },
  deletionProtection: own,
};

const live = (environment: EnvironmentWire, project: string): Live<"Environment"> => ({
  id: environment.id,
  state: {
    ...fromWire(spelling, { ...environment }),
    project,
    environmentId: environment.id,
    clientId: environment.clientId,
  },
});

export function environments(context: Context): Store<"Environment"> {
  const { dashboard, team, config } = context;

  const read = async (id: string) => {
    const found = inTeam(await team.now(), id);
    return found && live(found.environment, found.project.id);
  };
  const expect = async (id: string) => {
    await team.now();
    const { environment, project } = await team.environment(id);
    return live(environment, project.id);
  };
  const named = async ({ project, name }: Inputs<"Environment">) =>
    (await team.project(project)).environments.find((e) => e.name.toLowerCase() === name.toLowerCase());

  const rename = (id: string, name: string) =>
    dashboard.mutate(
      "renameEnvironment",
      { environmentId: id, name },
      [
        "EnvironmentRenamed { __typename }",
        "EnvironmentNameAlreadyUsed { name }",
        "EnvironmentNotFound { environmentId }",
      ],
      { repeatable: true },
    );

  return {
    async find(inputs) {
      const environment = await named(inputs);
      return environment && live(environment, inputs.project);
    },
    async claim(inputs) {
      const { type, name, project } = inputs;
      const environment = await named(inputs);
      if (environment && environment.sandbox !== (type === "staging"))
        throw new Refused(
          `"${environment.name}" (${environment.id}) is a ${environment.sandbox ? "staging" : "production"} environment, and ${type} is declared`,
          "No environment can be converted: declare its type, or another name.",
        );
      if (type === "production") await team.requireBilling();
      return environment && name.toLowerCase() === defaultNames[type] ? live(environment, project) : undefined;
    },
    async create({ project, name, type }) {
      if (type === "production") await team.requireBilling();
      // the new environment joins the project of the environment in the header
      const sibling = (await team.project(project)).environments[0]?.id;
      if (!sibling)
        throw new Refused(
          `project ${project} holds no environment to make another beside`,
          "Make one in the dashboard first.",
        );
      const created = await dashboard.mutate<{ environment: { id: string } }>(
        "createEnvironment",
        { name, isSandbox: type === "staging" },
        [
          "EnvironmentCreated { environment { id } }",
          "EnvironmentNameAlreadyUsed { name }",
          "ProductionEnvironmentRequiresBilling { message }",
        ],
        { environmentId: sibling },
      );
      return expect(created.environment.id);
    },
    read,
    async update(id, { inputs: { name, project }, fields }) {
      if (fields.has("project")) {
        requireExtension(context, "moveEnvironment");
        const members = [
          "EnvironmentMoved { __typename }",
          "EnvironmentNotFound { environmentId }",
          "ProjectNotFound { projectId }",
          "EnvironmentMoveBlocked { message missing { kind name } }",
        ];
        await dashboard.mutate("moveEnvironment", { environmentId: id, projectId: project }, members, {
          repeatable: true,
        });
      }
      if (fields.has("name")) await rename(id, name);
      return expect(id);
    },
    async delete(id) {
      const found = inTeam(await team.now(), id);
      if (!found) return undefined;
      const { environment, project } = found;
      if (environment.builtIn || (!context.extensions && environment.name.toLowerCase() in defaultNames))
        return `Environment "${environment.name}" (${id}) came with project "${project.name}" and stays there; golive no longer manages it.`;
      if (context.extensions) {
        const members = [
          "EnvironmentDeleted { environmentId }",
          "EnvironmentNotFound { environmentId }",
          "EnvironmentCannotDeleteBuiltIn { message }",
        ];
        await dashboard
          .mutate("deleteEnvironment", { environmentId: id }, members, { repeatable: true })
          .catch(unlessGone);
      } else if (config.clientId && config.clientSecret) await deleteEnvironment(context, id).catch(unlessGone);
      else
        throw new Unsupported("WorkOS does not delete an environment for a dashboard token", byHand.deleteEnvironment);
      return undefined;
    },
    list: async ({ project }) =>
      (await team.now()).projectsV2
        .filter((p) => project === undefined || p.id === project)
        .flatMap((p) => p.environments.map((e) => live(e, p.id))),
  };
}
