import { NotFound } from "../../errors";
import type { Held, Live, Store } from "../platform";
import type { Context } from "./context";
import { unlessGone } from "./project";
import { fromWire, toWire } from "./spelling";
import { sharing } from "./team";
import { restSpelling } from "./webhook-fields";

interface EndpointWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly endpoint_url: string;
  readonly secret: string;
}
const webhooks = "webhook_endpoints";

/** Webhook endpoints with nothing but the environment's key. There is no read by id: the list is read and shared. */
export function keyedWebhookEndpoints({ rest }: Context): Store<"WebhookEndpoint"> {
  const share = sharing<readonly EndpointWire[]>();
  const all = () => share("list", () => rest.all<EndpointWire>(webhooks));
  const live = (wire: EndpointWire, environment: string | undefined): Live<"WebhookEndpoint"> => ({
    id: wire.id,
    state: {
      ...fromWire(restSpelling, wire),
      ...(environment !== undefined && { environment }),
      endpointId: wire.id,
      signingSecret: wire.secret,
      secretHeld: true,
    },
  });
  const patch = (id: string, json: unknown) =>
    rest.send<EndpointWire>({ method: "PATCH", path: `${webhooks}/${id}`, json, repeatable: true });
  return {
    async find({ environment, url }) {
      const found = (await all()).find((endpoint) => endpoint.endpoint_url === url);
      return found && live(found, environment);
    },
    async create(inputs) {
      const writes = toWire(restSpelling, inputs, Object.keys(inputs), "POST");
      const made = await rest.send<EndpointWire>({ method: "POST", path: webhooks, json: writes.get("POST") });
      const isOff = inputs.enabled === false;
      return live(isOff ? await patch(made.id, writes.get("PATCH")) : made, inputs.environment);
    },
    async read(id, { environment }) {
      const found = (await all()).find((endpoint) => endpoint.id === id);
      return found && live(found, environment);
    },
    async update(id, { inputs, fields }) {
      const json = toWire(restSpelling, inputs, fields, "PATCH").get("PATCH") ?? {};
      return live(await patch(id, json), inputs.environment);
    },
    async delete(id) {
      await rest.send({ method: "DELETE", path: `${webhooks}/${id}`, repeatable: true }).catch(unlessGone);
    },
    list: async ({ environment }) => (await all()).map((wire) => live(wire, environment)),
  };
}

interface FlagWire {
  readonly id: string;
  readonly slug: string;
  readonly enabled: boolean;
}
const flags = "feature-flags";
const targets = ({ organizations = [], users = [] }: Held<"FeatureFlagRule">) => [...organizations, ...users];

/** A flag's switch and targets with nothing but the environment's key; the flag is named by its slug. */
export function keyedRules({ rest }: Context): Store<"FeatureFlagRule"> {
  const read = async (id: string): Promise<Live<"FeatureFlagRule"> | undefined> => {
    const [slug, environment] = id.split("/") as [string, string];
    const flag = await rest
      .send<FlagWire>({ method: "GET", path: `${flags}/${encodeURIComponent(slug)}` })
      .catch((error: unknown) => {
        unlessGone(error);
        return undefined;
      });
    // no endpoint lists a flag's targets: what was declared is believed
    return flag && { id, state: { flag: slug, environment, enabled: flag.enabled, ruleId: flag.id } };
  };
  const target = async (slug: string, wanted: readonly string[], held: readonly string[]) => {
    const path = (resource: string) => `${flags}/${encodeURIComponent(slug)}/targets/${encodeURIComponent(resource)}`;
    for (const one of wanted.filter((w) => !held.includes(w)))
      await rest.send({ method: "POST", path: path(one), repeatable: true });
    for (const one of held.filter((h) => !wanted.includes(h)))
      await rest.send({ method: "DELETE", path: path(one), repeatable: true }).catch(unlessGone);
  };
  const turn = (slug: string, on: boolean) =>
    rest.send({
      method: "PUT",
      path: `${flags}/${encodeURIComponent(slug)}/${on ? "enable" : "disable"}`,
      repeatable: true,
    });
  return {
    find: async ({ flag, environment }) => read(`${flag}/${environment}`),
    claim: async ({ flag, environment }) => {
      const live = await read(`${flag}/${environment}`);
      // targets cannot be read, so the declared ones count as missing until they are written
      return live && { ...live, state: { ...live.state, organizations: [], users: [] } };
    },
    create: async ({ flag }) => {
      throw new NotFound(`there is no flag ${flag}`, { method: "GET", url: flags }, "Name the flag by its slug.");
    },
    read,
    async update(id, { inputs, fields, held }) {
      if (fields.has("organizations") || fields.has("users")) await target(inputs.flag, targets(inputs), targets(held));
      if (fields.has("enabled") && inputs.enabled !== undefined) await turn(inputs.flag, inputs.enabled);
      return (await read(id))!;
    },
    async delete(id, held) {
      if (!(await read(id))) return;
      await target(id.split("/")[0]!, [], targets(held));
      await turn(id.split("/")[0]!, false);
    },
  };
}
