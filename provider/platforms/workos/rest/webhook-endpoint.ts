import { Unsupported } from "../../../errors";
import type { Live, Store } from "../../platform";
import { byHand, needed } from "../capabilities";
import { sharedBy } from "../../wire/batching";
import type { Clients, ApiStore } from "../clients";
import { afterMaking, unlessGone } from "../../wire/failures";
import { fromWire, lesser, scope, toWire, type Wire } from "../../wire/codec";
import { webhookCodecs } from "../dashboard/webhook-codec";

const codecs = lesser<"WebhookEndpoint">(
  webhookCodecs,
  {
    environment: scope,
    url: "endpoint_url",
    events: "events",
    enabled: {
      select: "status",
      via: "PATCH",
      to: (enabled) => ({ status: enabled ? "enabled" : "disabled" }),
      from: ({ status }) => status === "enabled",
    },
  },
  `needs ${needed.token}`,
);
interface EndpointWire extends Wire {
  readonly id: string;
  readonly endpoint_url: string;
  readonly secret: string;
}
export const root = "webhook_endpoints";
const at = (id: string) => `${root}/${encodeURIComponent(id)}`;

const liveIn = (wire: EndpointWire, environment: string | undefined): Live<"WebhookEndpoint"> => ({
  id: wire.id,
  state: {
    ...fromWire(codecs, wire),
    // no endpoint says whose environment the key is
    ...(environment !== undefined && { environment }),
    endpointId: wire.id,
    signingSecret: wire.secret,
    secretHeld: true,
  },
});

function store({ rest, config }: Clients): Store<"WebhookEndpoint"> {
  const live = (wire: EndpointWire, environment: string | undefined) =>
    liveIn(wire, environment ?? config.environment?.value);
  const all = sharedBy(() => rest.all<EndpointWire>(root));
  const find = async (isIt: (wire: EndpointWire) => boolean, environment: string | undefined) => {
    const found = (await all(root)).find(isIt);
    return found && live(found, environment);
  };
  const patch = (id: string, json: Wire) =>
    rest.send<EndpointWire>({ method: "PATCH", path: at(id), json, repeatable: true });

  return {
    find: ({ environment, url }) => find((wire) => wire.endpoint_url === url, environment),
    async create(inputs) {
      const { environment, enabled } = inputs;
      const writes = toWire(codecs, inputs, Object.keys(inputs), "POST");
      const made = await rest.send<EndpointWire>({ method: "POST", path: root, json: writes.get("POST") });
      // an endpoint is made enabled; only another wish is a second request
      if (enabled !== false) return live(made, environment);
      const known = () => ({ state: live(made, environment).state, missing: ["enabled"] });
      return afterMaking(made.id, known, async () => live(await patch(made.id, writes.get("PATCH")!), environment));
    },
    /** There is no reading by id. One that the list lacks is asked by a change of nothing, whose refusal is of itself. */
    async read(id, { environment, endpointId }) {
      const found = await find((wire) => wire.id === id, environment);
      if (found || endpointId === undefined) return found;
      const wire = await patch(id, {}).catch(unlessGone);
      return wire && live(wire, environment);
    },
    async update(id, { inputs, fields }) {
      if (fields.has("secretVersion"))
        throw new Unsupported("an environment's key cannot rotate a signing secret", byHand.rotateWebhookSecret);
      return live(await patch(id, toWire(codecs, inputs, fields, "PATCH").get("PATCH") ?? {}), inputs.environment);
    },
    async delete(id) {
      await rest.send({ method: "DELETE", path: at(id), repeatable: true }).catch(unlessGone);
    },
    list: async ({ environment }) => (await all(root)).map((wire) => live(wire, environment)),
  };
}
/** Webhook endpoints with nothing but the environment's key. */
export const keyedWebhookEndpoints: ApiStore<"WebhookEndpoint"> = { codecs, store };
