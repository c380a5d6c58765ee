import { NotFound } from "../../../errors";
import type { ChangedInputs, Live, Store } from "../../platform";
import { needed } from "../capabilities";
import type { Clients, ApiStore } from "../clients";
import { featureFlagRules } from "../dashboard/feature-flag-rule";
import { present, unlessGone } from "../../wire/failures";
import { apart, fromWire, lesser, own, scope, type Wire } from "../../wire/codec";

const codecs = lesser<"FeatureFlagRule">(
  featureFlagRules.codecs,
  { flag: scope, environment: scope, enabled: "enabled", organizations: apart, users: apart, ownedBy: own },
  `needs ${needed.token}`,
);
interface FlagWire extends Wire {
  readonly id: string;
}

const root = "feature-flags";
const at = (slug: string) => `${root}/${encodeURIComponent(slug)}`;
type Targets = Pick<ChangedInputs<"FeatureFlagRule">, "organizations" | "users">;
const targetsOf = ({ organizations = [], users = [] }: Partial<Targets>) => [...organizations, ...users];

function store({ rest }: Clients): Store<"FeatureFlagRule"> {
  const read = async (id: string): Promise<Live<"FeatureFlagRule"> | undefined> => {
    const [slug, environment] = id.split("/") as [string, string];
    const flag = await rest.send<FlagWire>({ method: "GET", path: at(slug) }).catch(unlessGone);
    // no endpoint lists a flag's targets: what was declared is believed
    return flag && { id, state: { ...fromWire(codecs, flag), flag: slug, environment, ruleId: flag.id } };
  };
  const setTargets = async (slug: string, wanted: readonly string[], held: readonly string[]) => {
    const target = (resource: string) => `${at(slug)}/targets/${encodeURIComponent(resource)}`;
    for (const resource of wanted.filter((one) => !held.includes(one)))
      await rest.send({ method: "POST", path: target(resource), repeatable: true });
    for (const resource of held.filter((one) => !wanted.includes(one)))
      await rest.send({ method: "DELETE", path: target(resource), repeatable: true }).catch(unlessGone);
  };
  const turn = (slug: string, on: boolean) =>
    rest.send({ method: "PUT", path: `${at(slug)}/${on ? "enable" : "disable"}`, repeatable: true });

  return {
    find: ({ flag, environment }) => read(`${flag}/${environment}`),
    async claim({ flag, environment }) {
      const live = await read(`${flag}/${environment}`);
      // targets cannot be read, so the declared ones count as missing until they are written
      return live && { ...live, state: { ...live.state, organizations: [], users: [] } };
    },
    async create({ flag }) {
      throw new NotFound(`there is no flag ${flag}`, { method: "GET", url: root }, "Name the flag by its slug.");
    },
    read,
    async update(id, { inputs, fields, held }) {
      const { flag, enabled } = inputs;
      if (fields.has("organizations") || fields.has("users"))
        await setTargets(flag, targetsOf(inputs), targetsOf(held));
      if (fields.has("enabled") && enabled !== undefined) await turn(flag, enabled);
      return present(await read(id), `flag ${flag}`);
    },
    async delete(id, held) {
      const [slug] = id.split("/") as [string];
      if (!(await read(id))) return;
      await setTargets(slug, [], targetsOf(held));
      await turn(slug, false);
    },
  };
}
/** A flag's switch and targets with nothing but the environment's key; the flag is named by its slug. */
export const keyedRules: ApiStore<"FeatureFlagRule"> = { codecs, store };
