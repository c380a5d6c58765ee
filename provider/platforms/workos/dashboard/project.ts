import type { Held, Live, Store } from "../../platform";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { afterMaking, unlessGone } from "../../wire/failures";
import { fromWire, own, type Codecs } from "../../wire/codec";
import type { ProjectWire } from "./team";

const codecs: Codecs<"Project"> = { name: "name", includeProduction: own };

const renamed = ["ProjectRenamed { __typename }", "ProjectNameAlreadyUsed { name }", "ProjectNotFound { projectId }"];
const deleted = [
  "ProjectDeleted { projectId }",
  "ProjectNotFound { projectId }",
  "ProjectNotEmpty { message environments { id name } }",
];

/** The environment that came with the project; where that is not told, the first of its type. */
const builtIn = ({ environments }: ProjectWire, sandbox: boolean) => {
  const ofType = environments.filter((environment) => environment.sandbox === sandbox);
  return (ofType.find((environment) => environment.builtIn) ?? ofType[0])?.id ?? null;
};
const live = (project: ProjectWire): Live<"Project"> => ({
  id: project.id,
  state: {
    ...fromWire(codecs, { name: project.name }),
    projectId: project.id,
    stagingEnvironmentId: builtIn(project, true),
    productionEnvironmentId: builtIn(project, false),
  },
});

function store(clients: Clients): Store<"Project"> {
  const { dashboard, team } = clients;
  /** What state knows of the project's environments can be asked of themselves; on import the list is all there is. */
  const read = async (id: string, held: Held<"Project">): Promise<ProjectWire | undefined> => {
    if (held.projectId === undefined) return (await team.now()).projectsV2.find((project) => project.id === id);
    const { stagingEnvironmentId, productionEnvironmentId } = held as Readonly<Record<string, unknown>>;
    const had = [stagingEnvironmentId, productionEnvironmentId].filter((one) => typeof one === "string");
    return team.projectOf(id, had);
  };
  return {
    async find({ name }) {
      const project = (await team.now()).projectsV2.find((one) => one.name === name);
      return project && live(project);
    },
    async create({ name, includeProduction }) {
      const { project } = await dashboard.mutate<{ project: { id: string } }>(
        "createProjectWithNewEnvironments",
        { name, includeProductionEnvironment: includeProduction },
        ["ProjectCreated { project { id } }", "ProjectNameAlreadyUsed { name }"],
      );
      // the answer tells no environments
      const known = () => ({ state: { projectId: project.id } });
      return afterMaking(project.id, known, async () => live(await team.project(project.id)));
    },
    async read(id, held) {
      const project = await read(id, held);
      return project && live(project);
    },
    async update(id, { inputs: { name }, fields }) {
      if (fields.has("name"))
        await dashboard.mutate("renameProject", { projectId: id, name }, renamed, { repeatable: true });
      return live(await team.project(id));
    },
    async delete(id, held) {
      if (!(await read(id, held))) return;
      requireExtension(clients, "deleteProject");
      await dashboard.mutate("deleteProject", { projectId: id }, deleted, { repeatable: true }).catch(unlessGone);
      // its environments must not be sent any more
      await team.now();
    },
    list: async ({ project }) =>
      (await team.now()).projectsV2.filter(({ id }) => project === undefined || id === project).map(live),
  };
}
export const projects: ApiStore<"Project"> = { codecs, store };
