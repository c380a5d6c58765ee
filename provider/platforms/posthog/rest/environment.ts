import { NotFound, Refused, Unsupported } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Held, Live, Store } from "../../platform";
import { lasting, own, scope, type Codecs } from "../../wire/codec";
import { present, unlessGone } from "../../wire/failures";
import { byHand } from "../capabilities";
import type { ApiStore, Clients } from "../clients";
import { inOrganization, inProject, refusedWith } from "./client";
import { folded, type ProjectWire } from "./organizations";

const codecs: Codecs<"Environment"> = {
  project: lasting(scope, byHand.moveEnvironment, (held, value) => value !== undefined && value !== held),
  name: "name",
  // PostHog knows no types: it is what was declared
  type: own,
  deletionProtection: own,
};
/** What a project is called that came with its organization. */
const defaultName = "default project";
const isUntouched = ({ name, ingested_event: ingested }: ProjectWire): boolean =>
  folded(name) === defaultName && ingested === false;

function store({ api, organizations, room }: Clients): Store<"Environment"> {
  /** Default projects that this run has given to an environment, by its natural key. */
  const given = new Map<number, string>();

  const live = async (project: ProjectWire, held: Held<"Environment"> = {}): Promise<Live<"Environment">> => {
    // an organization may have been declared by its slug or name
    const called = held.project ?? project.organization;
    return {
      id: String(project.id),
      state: {
        project: (await organizations.is(called, project.organization)) ? called : project.organization,
        name: project.name,
        environmentId: String(project.id),
        token: project.api_token,
        clientId: null,
      },
    };
  };
  const named = async ({ project, name }: Pick<Inputs<"Environment">, "project" | "name">) => {
    const all = await organizations.projects(await organizations.idOf(project));
    return { all, found: all.find((one) => folded(one.name) === folded(name)) };
  };
  const get = async (id: string): Promise<ProjectWire | undefined> => {
    if (!/^\d+$/.test(id)) return undefined;
    const found = await api.get<ProjectWire>(inProject(id, "")).catch(unlessGone);
    return found?.is_pending_deletion ? undefined : found;
  };

  return {
    async find(inputs) {
      const { found } = await named(inputs);
      return found && live(found, inputs);
    },
    /** The untouched project that came with the organization, for the first environment that asks. */
    async claim(inputs) {
      const { all, found } = await named(inputs);
      const [untouched, ...others] = all.filter(isUntouched);
      if (found || !untouched || others.length > 0) return undefined;
      const key = JSON.stringify([untouched.organization, folded(inputs.name)]);
      if ((given.get(untouched.id) ?? key) !== key) return undefined;
      given.set(untouched.id, key);
      await room.require(inputs.project, untouched.organization, inputs.name, all, 1, 0);
      return live(untouched, inputs);
    },
    async create(inputs) {
      const { project, name } = inputs;
      const id = await organizations.idOf(project);
      const { all } = await named(inputs);
      await room.require(project, id, name, all, all.filter((one) => given.has(one.id) && isUntouched(one)).length, 1);
      const made = await api.write<ProjectWire>("project:write", "POST", inOrganization(id, "projects/"), { name });
      return live(made, inputs);
    },
    async read(id, held) {
      const project = await get(id);
      if (project) return live(project, held);
      // one may be adopted by its name
      if (/^\d+$/.test(id) || held.project === undefined) return undefined;
      const { found } = await named({ project: held.project, name: id });
      return found && live(found, held);
    },
    async update(id, { inputs, fields }) {
      if (fields.has("project")) {
        const moved = present(await get(id), `project ${id}`);
        const target = await organizations.idOf(inputs.project);
        if (moved.organization !== target)
          throw new Unsupported(
            `project ${id} belongs to another organization`,
            `To move it: ${byHand.moveEnvironment}.`,
          );
      }
      if (!fields.has("name")) return live(present(await get(id), `project ${id}`), { project: inputs.project });
      const change = { name: inputs.name };
      return live(await api.write<ProjectWire>("project:write", "PATCH", inProject(id, ""), change, true), {
        project: inputs.project,
      });
    },
    async delete(id) {
      try {
        await api.write("project:write", "DELETE", inProject(id, ""));
      } catch (error) {
        if (error instanceof NotFound || refusedWith(error, /already being deleted/i)) return;
        if (refusedWith(error, /last project/i)) throw new Refused(error.message, byHand.lastProject);
        throw error;
      }
    },
    async list({ project, environment }) {
      const owners =
        project === undefined ? (await organizations.now()).map(({ id }) => id) : [await organizations.idOf(project)];
      const found = await Promise.all(owners.map((id) => organizations.projects(id)));
      return Promise.all(
        found
          .flat()
          .filter(({ id }) => environment === undefined || String(id) === environment)
          .map((one) => live(one)),
      );
    },
  };
}
export const environments: ApiStore<"Environment"> = { codecs, store };
