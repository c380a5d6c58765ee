import type { Held, Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { quoted } from "./client";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { root } from "../rest/webhook-endpoint";
import { fromWire, selection, codecsFor, toWire, type Wire } from "../../wire/codec";
import { webhookCodecs as codecs } from "./webhook-codec";

interface EndpointWire extends Wire {
  readonly id: string;
  readonly endpointUrl: string;
  /** These of the rehearsal only. */
  readonly environmentId?: string;
  readonly secret?: string;
}
/** What the arguments of a creation, and of a change, are on the wire. */
const creation = {
  endpointUrl: "String!",
  environmentId: "String!",
  events: "[String!]!",
  description: "String",
};
const change = {
  webhookEndpointId: "String!",
  endpointUrl: "String",
  state: "WebhookEndpointState",
  events: "[String!]",
  description: "String",
};
const gone = "WebhookEndpointNotFound { webhookEndpointId }";
const rotated = ["WebhookSecretRotated { __typename }", gone];

function store(clients: Clients): Store<"WebhookEndpoint"> {
  const { dashboard, team, extensions, rest, config } = clients;
  const table = codecsFor(codecs, extensions);
  const fields = `id ${selection(table)} ${extensions ? "environmentId secret" : ""}`;
  const keyed = sharedBy(() => rest.all<{ id: string; secret: string }>(root));

  /** An endpoint that the key's list holds proves that the key is of its environment. */
  const secretOf = async ({ id, secret }: EndpointWire): Promise<string | undefined> =>
    secret !== undefined || !config.apiKey ? secret : (await keyed(root)).find((one) => one.id === id)?.secret;
  const live = async (
    wire: EndpointWire,
    environment: string,
    held: Held<"WebhookEndpoint"> = {},
  ): Promise<Live<"WebhookEndpoint">> => {
    const signingSecret = await secretOf(wire);
    return {
      id: wire.id,
      state: {
        ...fromWire(table, wire),
        environment,
        endpointId: wire.id,
        ...(signingSecret !== undefined && { signingSecret }),
        secretHeld: signingSecret !== undefined || held.signingSecret !== undefined,
      },
    };
  };
  const byId = dashboard.reader<EndpointWire>("webhookEndpoint", fields);
  const expect = async (id: string) => present(await byId(id), `webhook endpoint ${id}`);
  const inEnvironment = sharedBy(async (id) => {
    const inside = await team.environment(id);
    return dashboard.all<EndpointWire>("webhookEndpoints", `environmentId: ${quoted(id)}`, fields, inside);
  });

  /** Where an endpoint is: state knows; on import every environment is looked through, where the platform does not say. */
  const placeOf = async ({ id, environmentId }: EndpointWire, held: Held<"WebhookEndpoint">): Promise<string> => {
    const known = environmentId ?? held.environment;
    if (known !== undefined) return known;
    for (const { environment } of await team.places({}))
      if ((await inEnvironment(environment.id)).some((endpoint) => endpoint.id === id)) return environment.id;
    return present<string>(undefined, `webhook endpoint ${id}`);
  };

  return {
    async find({ environment, url }) {
      const wire = (await inEnvironment(environment)).find((endpoint) => endpoint.endpointUrl === url);
      return wire && live(wire, environment);
    },
    async create(inputs) {
      const { environment, enabled } = inputs;
      const inside = await team.environment(environment);
      const writes = toWire(table, inputs, Object.keys(inputs), "createWebhookEndpoint");
      const input = { environmentId: inside, ...writes.get("createWebhookEndpoint") };
      const { id } = await dashboard.call<{ id: string }>("createWebhookEndpoint", creation, input, "id", { inside });
      let missing = enabled === false ? ["enabled"] : [];
      const known = () => ({ state: { endpointId: id, secretHeld: false }, missing });
      return afterMaking(id, known, async () => {
        // an endpoint is made enabled; only another wish is a second request
        if (enabled === false) {
          const switched = { webhookEndpointId: id, ...writes.get("updateWebhookEndpoint") };
          await dashboard.call("updateWebhookEndpoint", change, switched, "id", { repeatable: true, inside });
          missing = [];
        }
        return live(await expect(id), inside);
      });
    },
    async read(id, held) {
      const wire = await byId(id);
      return wire && live(wire, await placeOf(wire, held), held);
    },
    async update(id, { inputs, fields: changed, held }) {
      const inside = await team.environment(inputs.environment);
      const wire = toWire(table, inputs, changed, "updateWebhookEndpoint").get("updateWebhookEndpoint");
      const input = { webhookEndpointId: id };
      if (wire)
        await dashboard.call("updateWebhookEndpoint", change, { ...input, ...wire }, "id", {
          repeatable: true,
          inside,
        });
      if (changed.has("secretVersion")) {
        requireExtension(clients, "rotateWebhookSecret");
        await dashboard.mutate("rotateWebhookSecret", input, rotated, { inside });
      }
      return live(await expect(id), inside, held);
    },
    async delete(id) {
      // what it says of one that is gone is not published: it is asked first
      if (!(await byId(id))) return;
      await dashboard
        .call("deleteWebhookEndpoint", { id: "String!" }, { id }, "", { repeatable: true })
        .catch(unlessGone);
    },
    async list(scoped) {
      const places = await team.places(scoped);
      const found = await Promise.all(
        places.map(async ({ environment: { id } }) => (await inEnvironment(id)).map((wire) => live(wire, id))),
      );
      return Promise.all(found.flat());
    },
  };
}
/** Webhook endpoints on the dashboard API. The real one tells no signing secret: that is the environment API's. */
export const webhookEndpoints: ApiStore<"WebhookEndpoint"> = { codecs, store };
