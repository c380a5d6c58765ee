import { Refused, Unsupported } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Live, Store } from "../../platform";
import { byHand } from "../capabilities";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { fromWire, own, scope, type Codecs } from "../../wire/codec";
import type { EnvironmentWire, Located } from "./team";

const codecs: Codecs<"Environment"> = {
  project: scope,
  name: "name",
  type: {
    select: "sandbox",
    to: (type) => ({ isSandbox: type === "staging" }),
    from: ({ sandbox }) => (sandbox ? "staging" : "production"),
  },
  deletionProtection: own,
};

const moved = [
  "EnvironmentMoved { __typename }",
  "EnvironmentNotFound { environmentId }",
  "ProjectNotFound { projectId }",
  "EnvironmentMoveBlocked { message missing { kind name } }",
];
const deleted = [
  "EnvironmentDeleted { environmentId }",
  "EnvironmentNotFound { environmentId }",
  "EnvironmentCannotDeleteBuiltIn { message }",
];

/** What the environments are called that come with a project. Nobody else's is ever taken for one of these. */
const hasDefaultName = ({ name, sandbox }: EnvironmentWire) =>
  name.toLowerCase() === (sandbox ? "staging" : "production");

const live = ({ environment, project }: Located): Live<"Environment"> => ({
  id: environment.id,
  state: {
    ...fromWire(codecs, { ...environment }),
    project: project.id,
    environmentId: environment.id,
    clientId: environment.clientId,
  },
});

function store(clients: Clients): Store<"Environment"> {
  const { dashboard, team, platformApi, extensions } = clients;
  const read = async (id: string) => {
    const place = await team.place(id);
    return place && live(place);
  };
  const expect = async (id: string) => present(await read(id), `environment ${id}`);
  const named = async ({ project: id, name }: Inputs<"Environment">, same: (a: string, b: string) => boolean) => {
    const project = await team.project(id);
    const environment = project.environments.find((candidate) => same(candidate.name, name));
    return environment && { environment, project };
  };

  return {
    async find(inputs) {
      const place = await named(inputs, (a, b) => a === b);
      return place && live(place);
    },
    async claim(inputs) {
      const { type } = inputs;
      const place = await named(inputs, (a, b) => a.toLowerCase() === b.toLowerCase());
      const there = place?.environment;
      if (there && there.sandbox !== (type === "staging"))
        throw new Refused(
          `"${there.name}" (${there.id}) is a ${there.sandbox ? "staging" : "production"} environment, and ${type} is declared`,
          "No environment can be converted: declare its type, or another name.",
        );
      if (type === "production") await team.requireBilling();
      return there && there.builtIn !== false && hasDefaultName(there) ? live(place) : undefined;
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
      const input = { name, isSandbox: type === "staging" };
      const { environment } = await dashboard
        .inside(sibling)
        .call<{ environment: { id: string } }>(
          "createEnvironment",
          { input: "CreateEnvironmentInput!" },
          { input },
          "environment { id }",
        );
      const { id } = environment;
      return afterMaking(
        id,
        () => ({ state: { environmentId: id } }),
        () => expect(id),
      );
    },
    read,
    async update(id, { inputs: { name, project }, fields }) {
      const inside = dashboard.inside(await team.environment(id));
      const options = { repeatable: true };
      if (fields.has("project")) {
        requireExtension(clients, "moveEnvironment");
        await inside.mutate("moveEnvironment", { environmentId: id, projectId: project }, moved, options);
      }
      if (fields.has("name")) {
        const types = { input: "RenameEnvironmentInput!" };
        await inside.call("renameEnvironment", types, { input: { environmentId: id, name } }, "__typename", options);
      }
      return expect(id);
    },
    async delete(id) {
      const place = await team.place(id);
      if (!place) return undefined;
      const { environment, project } = place;
      // the real API does not say which came with the project: one that is named so is left alone
      if (environment.builtIn ?? hasDefaultName(environment))
        return `Environment "${environment.name}" (${id}) came with project "${project.name}" and stays there; golive no longer manages it.`;
      if (!extensions && !platformApi.isOpen)
        throw new Unsupported("WorkOS does not delete an environment for a dashboard token", byHand.deleteEnvironment);
      if (extensions) {
        const input = { environmentId: id };
        await dashboard
          .inside(environment.id)
          .mutate("deleteEnvironment", input, deleted, { repeatable: true })
          .catch(unlessGone);
      } else
        await platformApi.deleteEnvironment(id).catch(async (error: unknown) => {
          // whether it was deleted, that API does not say: the environment does
          if (await team.direct(id)) throw error;
        });
      // its id must not be sent any more
      await team.now();
      return undefined;
    },
    list: async (scoped) => (await team.places(scoped)).map(live),
  };
}
export const environments: ApiStore<"Environment"> = { codecs, store };
