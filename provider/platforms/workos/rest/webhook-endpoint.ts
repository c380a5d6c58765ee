import { Unsupported } from "../../../errors";
import type { Held, Live, Store } from "../../platform";
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

type Own = Held<"WebhookEndpoint">;
/** Whether a list shows a secret: some servers mask all but its beginning, and what is masked signs nothing. */
export const isShown = (secret: string | undefined): secret is string =>
  secret !== undefined && secret !== "" && !secret.includes("*");

function store({ rest, config }: Clients): Store<"WebhookEndpoint"> {
  const live = (
    wire: EndpointWire,
    { environment = config.environment?.value, signingSecret }: Own,
  ): Live<"WebhookEndpoint"> => ({
    id: wire.id,
    state: {
      ...fromWire(codecs, wire),
      // no endpoint says whose environment the key is
      ...(environment !== undefined && { environment }),
      endpointId: wire.id,
      ...(isShown(wire.secret) && { signingSecret: wire.secret }),
      secretHeld: isShown(wire.secret) || signingSecret !== undefined,
    },
  });
  const all = sharedBy(() => rest.all<EndpointWire>(root));
  const find = async (isIt: (wire: EndpointWire) => boolean, held: Own) => {
    const found = (await all(root)).find(isIt);
    return found && live(found, held);
  };
  const patch = (id: string, json: Wire) =>
    rest.send<EndpointWire>({ method: "PATCH", path: at(id), json, repeatable: true });

  return {
    find: ({ environment, url }) => find((wire) => wire.endpoint_url === url, { environment }),
    async create(inputs) {
      const { environment, enabled } = inputs;
      const writes = toWire(codecs, inputs, Object.keys(inputs), "POST");
      const made = await rest.send<EndpointWire>({ method: "POST", path: root, json: writes.get("POST") });
      // an endpoint is made enabled; only another wish is a second request
      if (enabled !== false) return live(made, { environment });
      const known = () => ({ state: live(made, { environment }).state, missing: ["enabled"] });
      // the secret is shown for sure in the answer to the creation alone
      const off = async () => ({ ...(await patch(made.id, writes.get("PATCH")!)), secret: made.secret });
      return afterMaking(made.id, known, async () => live(await off(), { environment }));
    },
    /** There is no reading by id. One that the list lacks is asked by a change of nothing, whose refusal is of itself. */
    async read(id, held) {
      const found = await find((wire) => wire.id === id, held);
      if (found || held.endpointId === undefined) return found;
      const wire = await patch(id, {}).catch(unlessGone);
      return wire && live(wire, held);
    },
    async update(id, { inputs, fields, held }) {
      if (fields.has("secretVersion"))
        throw new Unsupported("an environment's key cannot rotate a signing secret", byHand.rotateWebhookSecret);
      const wire = await patch(id, toWire(codecs, inputs, fields, "PATCH").get("PATCH") ?? {});
      return live(wire, { ...held, environment: inputs.environment });
    },
    async delete(id) {
      await rest.send({ method: "DELETE", path: at(id), repeatable: true }).catch(unlessGone);
    },
    list: async ({ environment }) => (await all(root)).map((wire) => live(wire, { environment })),
  };
}
/** Webhook endpoints with nothing but the environment's key. */
export const keyedWebhookEndpoints: ApiStore<"WebhookEndpoint"> = { codecs, store };
