import { Forbidden, NotFound } from "../../../errors";
import type { Finding } from "../../platform";
import type { Clients } from "../clients";
import { type EnvironmentId, listed, quoted } from "../dashboard/client";
import type { Located } from "../dashboard/team";
import { isKnownEvent } from "../warnings";
import type { Shown } from "./assumptions";
import { confirmed, notSeen, ofEach, refuted } from "./findings";

interface ApplicationWire {
  readonly id: string;
  readonly isDefault: boolean;
}
interface FlagWire {
  readonly slug: string;
  readonly flagEnvironments: readonly { readonly environmentId: string }[];
}
type Looks = Partial<Record<Shown, () => Promise<Finding>>>;

/** How many environments and projects are looked at: an account may have hundreds. */
const few = 5;
const called = ({ environment: { id } }: Located): string => id;

/** What a token shows. Nothing but queries. */
export function dashboardLooks({ dashboard, team }: Clients): Looks {
  const all = () => team.places({});
  /** Those that this person may enter, with what was read there. */
  const entered = async <T>(read: (place: Located) => Promise<T>): Promise<(readonly [Located, T])[]> => {
    const found: (readonly [Located, T])[] = [];
    for (const place of (await all()).slice(0, few))
      try {
        found.push([place, await read(place)]);
      } catch (error) {
        if (!(error instanceof Forbidden)) throw error;
      }
    return found;
  };
  const applicationsIn = ({ environment: { id } }: Located) =>
    dashboard.inside(id).all<ApplicationWire>("userlandApplications", `environmentId: ${quoted(id)}`, "id isDefault");

  /** Reads an application of one environment with the header of another. */
  const across = async (inside: EnvironmentId, id: string): Promise<Finding> => {
    const text = `{ userlandApplication(id: ${quoted(id)}) { id } }`;
    try {
      const { userlandApplication: seen } = await dashboard
        .inside(inside)
        .query<{ userlandApplication: { id: string } | null }>("userlandApplication", text);
      return seen
        ? refuted(`${id} answered in environment ${inside}, which is not its own`)
        : confirmed(`${id} is not there in environment ${inside}`);
    } catch (error) {
      if (error instanceof NotFound) return confirmed(`${id} is not there in environment ${inside}`);
      throw error;
    }
  };

  return {
    "environment-ids": async () =>
      ofEach(await all(), "environments", ({ environment: { id } }) => /^environment_\w+$/.test(id), called),
    "environment-by-id": async () => {
      const answers = await entered(({ environment: { id } }) => team.direct(id));
      const isSo = ([{ project }, itself]: (typeof answers)[number]) => itself?.project.id === project.id;
      return ofEach(answers, "environments", isSo, ([place]) => called(place));
    },
    "header-scopes-reads": async () => {
      const places = await entered(applicationsIn);
      const [home, [application]] = places.find(([, found]) => found.length > 0) ?? [undefined, []];
      const other = places.find(([place]) => place !== home);
      if (!home || !application || !other) return notSeen("it takes an application, and a second environment");
      return across(other[0].environment.id, application.id);
    },
    "production-state": async () => {
      const { productionState: state } = await team.known();
      return ["Active", "Inactive"].includes(state) ? confirmed(`it is ${state}`) : refuted(`it is ${state}`);
    },
    "one-default-application": async () => {
      const isSo = ([, found]: readonly [Located, readonly ApplicationWire[]]) =>
        found.filter(({ isDefault }) => isDefault).length === 1;
      return ofEach(await entered(applicationsIn), "environments", isSo, ([place]) => called(place));
    },
    "event-names": async () => {
      const [first] = await entered(async ({ environment: { id } }) => {
        const text = "{ webhookEvents { id } }";
        const { webhookEvents } = await dashboard
          .inside(id)
          .query<{ webhookEvents: { id: string }[] }>("webhookEvents", text);
        return listed("webhookEvents", webhookEvents);
      });
      return ofEach(
        first?.[1] ?? [],
        "events",
        ({ id }) => isKnownEvent(id),
        ({ id }) => id,
      );
    },
    "rule-per-environment": async () => {
      const flags = await entered(({ project, environment: { id } }) =>
        dashboard
          .inside(id)
          .all<FlagWire>(
            "flagsForProject",
            `projectId: ${quoted(project.id)}`,
            "id slug flagEnvironments { environmentId }",
          ),
      );
      const every = flags.flatMap(([{ project }, found]) => found.map((flag) => ({ project, flag })));
      const isSo = ({ project, flag }: (typeof every)[number]) =>
        project.environments.every(
          ({ id }) => flag.flagEnvironments.filter(({ environmentId }) => environmentId === id).length === 1,
        );
      return ofEach(every, "flags", isSo, ({ flag }) => flag.slug);
    },
  };
}
