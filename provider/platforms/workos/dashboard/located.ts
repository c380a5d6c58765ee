import { Forbidden, Refused } from "../../../errors";
import type { Clients } from "../clients";
import type { EnvironmentId } from "./client";
import type { EnvironmentOperation } from "./operations";
import { reader } from "./reader";
import type { ProjectWire } from "./team";

/** An object, and the environment whose id was sent with the question. */
export interface Found<W> {
  readonly wire: W;
  readonly inside: EnvironmentId;
}
export type Locate<W> = (id: string, parent: string | undefined) => Promise<Found<W> | undefined>;

/**
 * Reads objects of an environment by id. `undefined` means gone: an environment that stands said that there is none in
 * it, or the environment says of itself that it is gone. On import nothing but the id is known, and each is asked.
 * @param isIn Whether an object that answered belongs to the environment that was asked. The server may not look at that.
 */
export function located<W>(
  { dashboard, team }: Pick<Clients, "dashboard" | "team">,
  name: EnvironmentOperation,
  fields: string,
  isIn: (wire: W, inside: EnvironmentId) => Promise<boolean> | boolean,
): Locate<W> {
  const byId = reader<W>(dashboard, name, fields);
  /** Asks each environment. Who may not enter one, is told of those that he may. */
  const anywhere = async (id: string): Promise<{ found?: Found<W> | undefined; closed?: Forbidden | undefined }> => {
    const asked = (await team.places({})).map(async ({ environment: { id: inside } }) => {
      try {
        const wire = await byId(inside, id);
        return wire && (await isIn(wire, inside)) ? { found: { wire, inside } } : {};
      } catch (error) {
        if (error instanceof Forbidden) return { closed: error };
        throw error;
      }
    });
    const answers: { found?: Found<W>; closed?: Forbidden }[] = await Promise.all(asked);
    return { found: answers.find(({ found }) => found)?.found, closed: answers.find(({ closed }) => closed)?.closed };
  };
  return async (id, environment) => {
    if (environment === undefined) {
      const { found, closed } = await anywhere(id);
      if (!found && closed) throw closed;
      return found;
    }
    const inside = (await team.find(environment))?.environment.id;
    if (inside === undefined) return undefined;
    const wire = await byId(inside, id);
    if (wire) return { wire, inside };
    // it may have gone with its environment; of one that stands, the answer is its own
    if (!(await team.stands(inside))) return undefined;
    const { found } = await anywhere(id);
    if (!found) return undefined;
    throw new Refused(
      `${id} is in environment ${found.inside}, and not in ${inside}`,
      "State has another environment than the platform: remove it with `pulumi state delete`, and adopt it.",
    );
  };
}

/**
 * Reads objects of a project by id, through one of its environments. `undefined` means gone: an environment that is
 * the project's at this moment said that there is none. On import each project is asked.
 */
export function inProject<W extends { readonly projectId: string }>(
  { dashboard, team }: Pick<Clients, "dashboard" | "team">,
  name: EnvironmentOperation,
  fields: string,
): Locate<W> {
  const byId = reader<W>(dashboard, name, fields);
  const within = ({ environments }: ProjectWire) =>
    (environments.find(({ sandbox }) => sandbox) ?? environments[0])?.id;
  return async (id, project) => {
    if (project === undefined) {
      const ways = (await team.now()).projectsV2.flatMap((one) => within(one) ?? []);
      const asked = ways.map(async (inside) => ({ wire: await byId(inside, id), inside }));
      const found = (await Promise.all(asked)).find(({ wire }) => wire !== undefined);
      if (!found?.wire) return undefined;
      // where the server does not look at the header, all of them answer
      return { wire: found.wire, inside: await team.within(found.wire.projectId) };
    }
    const inside = await team.within(project);
    const wire = await byId(inside, id);
    if (wire) return { wire, inside };
    const place = await team.direct(inside);
    if (place?.project.id === project) return undefined;
    // it went or moved since it was last seen, and spoke for another project
    const now = within(await team.project(project));
    if (now === undefined || now === inside)
      throw new Refused(
        `project ${project} has no environment that can say whether ${id} is gone`,
        "Run the same command again.",
      );
    const there = await byId(now, id);
    return there && { wire: there, inside: now };
  };
}
