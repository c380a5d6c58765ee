import { Conflict, type Invalid, Refused } from "../../../errors";
import type { Held, Live, Store } from "../../platform";
import { own, scope, type Codecs, unsupported, type Wire } from "../../wire/codec";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import type { ApiStore, Clients } from "../clients";
import { inProject, refusedWith } from "../rest/client";
import type { ProjectWire } from "../rest/organizations";
import { Conditions } from "./conditions";
import { slugOf } from "./definition";
import { bodyOf, type Declared, rawOf } from "./targeting";
import { foreign, live } from "./told";
import type { FlagWire } from "./wire";

const byPeople = "PostHog's flags go by what people are, not by lists of ids: use `conditions`";

/** What a rule is made of is written together, by a body of its own. */
const codecs: Codecs<"FeatureFlagRule"> = {
  flag: scope,
  environment: scope,
  definition: own,
  secretPayload: own,
  enabled: own,
  access: unsupported(byPeople, (access) => access === "some"),
  organizations: unsupported(byPeople),
  users: unsupported(byPeople),
  rolloutPercentage: own,
  conditions: own,
  shares: own,
  filters: own,
  ownedBy: own,
};

const split = (id: string) => id.split("/") as [project: string, flag: string];
/** Fields of a flag that are part of its targeting, as an experiment owns it. */
const targeting = ["filters", "key"];

function store({ api, flags, organizations }: Clients): Store<"FeatureFlagRule"> {
  const ownerOf = (project: string) => async () =>
    (await api.get<ProjectWire>(inProject(project, "")).catch(() => undefined))?.organization;
  const shown = (project: string, flag: FlagWire, held: Held<"FeatureFlagRule">): Promise<Live<"FeatureFlagRule">> =>
    live(project, flag, held, new Conditions(flags, project), ownerOf(project));

  /** One change of a flag, of exactly what was read; where somebody was faster it is read once more. */
  async function change(
    project: string,
    id: string | number,
    make: (flag: FlagWire) => Promise<Wire>,
    seen?: FlagWire,
  ): Promise<FlagWire> {
    for (let attempt = 1; ; attempt++) {
      const known = attempt === 1 ? seen : undefined;
      const flag = known ?? present(await flags.now(project, id), `flag ${id} of project ${project}`);
      const body = await make(flag);
      if (Object.keys(body).length === 0) return flag;
      const owner = foreign(flag);
      if (owner !== undefined && targeting.some((name) => name in body))
        throw new Refused(
          `the targeting of flag "${flag.key}" belongs to ${owner}`,
          "Leave it as it is there, and end what owns it before the declaration changes.",
        );
      try {
        return await flags.send(project, "PATCH", flag.id, { ...body, version: flag.version, original_flag: flag });
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (attempt > 1)
          throw new Refused(
            `${error.message}; somebody changes the flag "${flag.key}" right now`,
            "Run `pulumi refresh`, look at what they did, then run `pulumi up` again.",
          );
      }
    }
  }

  return {
    async find(inputs) {
      const flag = await flags.keyed(inputs.environment, slugOf(inputs.flag));
      return flag && shown(inputs.environment, flag, inputs);
    },
    async create(inputs) {
      const { environment: project, enabled } = inputs;
      const names = new Set(Object.keys(inputs));
      const body = await bodyOf(inputs as Declared, names, undefined, new Conditions(flags, project));
      // nobody gets a flag whose second half failed
      const made = await flags.send(project, "POST", undefined, { ...body, active: false });
      const first = await shown(project, made, inputs);
      if (enabled !== true) return first;
      return afterMaking(
        first.id,
        () => ({ state: first.state, missing: ["enabled"] }),
        async () => shown(project, await change(project, made.id, async () => ({ active: true }), made), inputs),
      );
    },
    async read(id, held) {
      const [project, flagId = ""] = split(id);
      const flag = await flags.read(project, flagId);
      return flag && shown(project, flag, held);
    },
    async update(id, { inputs, fields, held }) {
      const [project, flagId] = split(id);
      const conditions = new Conditions(flags, project);
      const flag = await change(project, flagId, (there) =>
        bodyOf(inputs as Declared, fields, there, conditions, rawOf(held as Declared)),
      );
      const declared = Object.entries(inputs).filter(([, value]) => value !== null);
      return shown(project, flag, Object.fromEntries(declared) as Held<"FeatureFlagRule">);
    },
    async delete(id) {
      const [project, flagId] = split(id);
      const flag = await flags.now(project, flagId);
      if (!flag) return;
      try {
        await flags.send(project, "PATCH", flag.id, { deleted: true, version: flag.version });
      } catch (error) {
        if (refusedWith(error, /has been deleted/)) return;
        if (refusedWith(error, /experiment|early access|depend|replay/i)) throw inUse(error, flag);
        unlessGone(error);
      }
    },
    async list({ project, environment }) {
      const places = await organizations.places({ project, environment });
      const found = await Promise.all(
        places.map(async (place) => Promise.all((await flags.all(place)).map((flag) => shown(place, flag, {})))),
      );
      return found.flat();
    },
  };
}
/** PostHog says what uses the flag. */
const inUse = (error: Invalid, flag: FlagWire): Refused =>
  new Refused(error.message, `Take the flag "${flag.key}" out of what uses it first.`);

export const featureFlagRules: ApiStore<"FeatureFlagRule"> = { codecs, store };
