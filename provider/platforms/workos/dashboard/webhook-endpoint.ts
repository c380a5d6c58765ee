import type { Held, Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { type EnvironmentId, quoted } from "./client";
import { located } from "./located";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { isShown, root } from "../rest/webhook-endpoint";
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
  const secretOf = async ({ id, secret }: EndpointWire): Promise<string | undefined> => {
    if (secret !== undefined || !config.apiKey) return secret;
    const told = (await keyed(root)).find((one) => one.id === id)?.secret;
    return isShown(told) ? told : undefined;
  };
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
  const inEnvironment = sharedBy(async (id) => {
    const inside = await team.environment(id);
    const args = `environmentId: ${quoted(id)}`;
    return dashboard.inside(inside).all<EndpointWire>("webhookEndpoints", args, fields);
  });
  /** The real platform does not say where an endpoint is: the environment's list does. */
  const isIn = async ({ id, environmentId }: EndpointWire, inside: EnvironmentId) =>
    environmentId ? environmentId === inside : (await inEnvironment(inside)).some((endpoint) => endpoint.id === id);
  const locate = located<EndpointWire>(clients, "webhookEndpoint", fields, isIn);
  const expect = async (id: string, inside: EnvironmentId) =>
    present(await locate(id, inside), `webhook endpoint ${id}`).wire;

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
      const operations = dashboard.inside(inside);
      const { id } = await operations.call<{ id: string }>("createWebhookEndpoint", creation, input, "id");
      let missing = enabled === false ? ["enabled"] : [];
      const known = () => ({ state: { endpointId: id, secretHeld: false }, missing });
      return afterMaking(id, known, async () => {
        // an endpoint is made enabled; only another wish is a second request
        if (enabled === false) {
          const switched = { webhookEndpointId: id, ...writes.get("updateWebhookEndpoint") };
          await operations.call("updateWebhookEndpoint", change, switched, "id", { repeatable: true });
          missing = [];
        }
        return live(await expect(id, inside), inside);
      });
    },
    async read(id, held) {
      const found = await locate(id, held.environment);
      return found && live(found.wire, found.wire.environmentId ?? found.inside, held);
    },
    async update(id, { inputs, fields: changed, held }) {
      const inside = await team.environment(inputs.environment);
      const wire = toWire(table, inputs, changed, "updateWebhookEndpoint").get("updateWebhookEndpoint");
      const input = { webhookEndpointId: id };
      const operations = dashboard.inside(inside);
      if (wire)
        await operations.call("updateWebhookEndpoint", change, { ...input, ...wire }, "id", { repeatable: true });
      if (changed.has("secretVersion")) {
        requireExtension(clients, "rotateWebhookSecret");
        await operations.mutate("rotateWebhookSecret", input, rotated);
      }
      return live(await expect(id, inside), inside, held);
    },
    async delete(id, held) {
      // what it says of one that is gone is not published: it is asked first
      const found = await locate(id, held.environment);
      if (!found) return;
      await dashboard
        .inside(found.inside)
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
