import { NotFound } from "../../errors";
import type { Live, Store } from "../platform";
import { type Context, requireExtension } from "./context";
import { fromWire, own, type Spelling } from "./spelling";
import type { ProjectWire } from "./team";

const spelling: Spelling<"Project"> = { name: "name", includeProduction: own };

const builtIn = ({ environments }: ProjectWire, sandbox: boolean) =>
  (environments.find((e) => e.sandbox === sandbox && e.builtIn) ?? environments.find((e) => e.sandbox === sandbox))
    ?.id ?? null;

const live = (project: ProjectWire): Live<"Project"> => ({
  id: project.id,
  state: {
    ...fromWire(spelling, { name: project.name }),
    projectId: project.id,
    stagingEnvironmentId: builtIn(project, true),
    productionEnvironmentId: builtIn(project, false),
  },
});

export function projects(context: Context): Store<"Project"> {
  const { dashboard, team } = context;
  const all = async () => (await team.now()).projectsV2;
  const byId = async (id: string) => (await all()).find((project) => project.id === id);
  return {
    async find({ name }) {
      const project = (await all()).find((p) => p.name === name);
      return project && live(project);
    },
    async create({ name, includeProduction }) {
      const { project } = await dashboard.mutate<{ project: { id: string } }>(
        "createProjectWithNewEnvironments",
        { name, includeProductionEnvironment: includeProduction },
        ["ProjectCreated { project { id } }", "ProjectNameAlreadyUsed { name }"],
      );
      // the answer tells no environments
      return live(await team.project(project.id));
    },
    async read(id) {
      const project = await byId(id);
      return project && live(project);
    },
    async update(id, { inputs: { name }, fields }) {
      if (fields.has("name"))
        await dashboard.mutate(
          "renameProject",
          { projectId: id, name },
          ["ProjectRenamed { __typename }", "ProjectNameAlreadyUsed { name }", "ProjectNotFound { projectId }"],
          { repeatable: true },
        );
      return live(await team.project(id));
    },
    async delete(id) {
      if (!(await byId(id))) return;
      requireExtension(context, "deleteProject");
      const members = [
        "ProjectDeleted { projectId }",
        "ProjectNotFound { projectId }",
        "ProjectNotEmpty { message environments { id name } }",
      ];
      await dashboard.mutate("deleteProject", { projectId: id }, members, { repeatable: true }).catch(unlessGone);
    },
    list: async () => (await all()).map(live),
  };
}

/** Deleting what is gone is done. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof NotFound)) throw error;
}
