import type { Held, Live, Store } from "../platform";
import { sharedBy } from "./concurrency";
import { type Context, type Plane, requireExtension } from "./context";
import { quoted } from "./dashboard";
import { afterMaking, present, unlessGone } from "./failures";
import { root } from "./keyed-webhook";
import { fromWire, selection, spelledFor, toWire, type Wire } from "./spelling";
import { webhookSpelling as spelling } from "./webhook-fields";

interface EndpointWire extends Wire {
  readonly id: string;
  readonly environmentId: string;
  readonly endpointUrl: string;
  /** Of the rehearsal only. */
  readonly secret?: string;
}
const refusals = [
  "DuplicateWebhookEndpoint { endpointUrl }",
  "InvalidWebhookEndpointUrl { message }",
  "UnknownWebhookEvent { message event }",
];
const gone = "WebhookEndpointNotFound { webhookEndpointId }";
const created = [
  "WebhookEndpointCreated { webhookEndpoint { id } }",
  ...refusals,
  "EnvironmentNotFound { environmentId }",
];
const updated = ["WebhookEndpointUpdated { __typename }", ...refusals, gone];
const deleted = ["WebhookEndpointDeleted { webhookEndpointId }", gone];
const rotated = ["WebhookSecretRotated { __typename }", gone];

function store(context: Context): Store<"WebhookEndpoint"> {
  const { dashboard, team, extensions, rest, config } = context;
  const table = spelledFor(spelling, extensions);
  const fields = `id environmentId ${selection(table)} ${extensions ? "secret" : ""}`;
  const keyed = sharedBy(() => rest.all<{ id: string; secret: string }>(root));

  /** An endpoint that the key's list holds proves that the key is of its environment. */
  const secretOf = async ({ id, secret }: EndpointWire): Promise<string | undefined> =>
    secret !== undefined || !config.apiKey ? secret : (await keyed(root)).find((one) => one.id === id)?.secret;
  const live = async (wire: EndpointWire, held: Held<"WebhookEndpoint"> = {}): Promise<Live<"WebhookEndpoint">> => {
    const signingSecret = await secretOf(wire);
    return {
      id: wire.id,
      state: {
        ...fromWire(table, wire),
        environment: wire.environmentId,
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

  return {
    async find({ environment, url }) {
      const wire = (await inEnvironment(environment)).find((endpoint) => endpoint.endpointUrl === url);
      return wire && live(wire);
    },
    async create(inputs) {
      const { environment, enabled } = inputs;
      const inside = await team.environment(environment);
      const writes = toWire(table, inputs, Object.keys(inputs), "createWebhookEndpoint");
      const input = { environmentId: inside, ...writes.get("createWebhookEndpoint") };
      const { webhookEndpoint } = await dashboard.mutate<{ webhookEndpoint: { id: string } }>(
        "createWebhookEndpoint",
        input,
        created,
        { inside },
      );
      const { id } = webhookEndpoint;
      let missing = enabled === false ? ["enabled"] : [];
      const known = () => ({ state: { endpointId: id, secretHeld: false }, missing });
      return afterMaking(id, known, async () => {
        // an endpoint is made enabled; only another wish is a second request
        if (enabled === false) {
          const change = { webhookEndpointId: id, ...writes.get("updateWebhookEndpoint") };
          await dashboard.mutate("updateWebhookEndpoint", change, updated, { repeatable: true, inside });
          missing = [];
        }
        return live(await expect(id));
      });
    },
    async read(id, held) {
      const wire = await byId(id);
      return wire && live(wire, held);
    },
    async update(id, { inputs, fields: changed, held }) {
      const inside = await team.environment(inputs.environment);
      const wire = toWire(table, inputs, changed, "updateWebhookEndpoint").get("updateWebhookEndpoint");
      const input = { webhookEndpointId: id };
      if (wire)
        await dashboard.mutate("updateWebhookEndpoint", { ...input, ...wire }, updated, { repeatable: true, inside });
      if (changed.has("secretVersion")) {
        requireExtension(context, "rotateWebhookSecret");
        await dashboard.mutate("rotateWebhookSecret", input, rotated, { inside });
      }
      return live(await expect(id), held);
    },
    async delete(id) {
      await dashboard
        .mutate("deleteWebhookEndpoint", { webhookEndpointId: id }, deleted, { repeatable: true })
        .catch(unlessGone);
    },
    async list(scoped) {
      const places = await team.places(scoped);
      const found = await Promise.all(places.map(({ environment }) => inEnvironment(environment.id)));
      return Promise.all(found.flat().map((wire) => live(wire)));
    },
  };
}
/** Webhook endpoints on the dashboard plane. The real one tells no signing secret: that is the environment plane's. */
export const webhookEndpoints: Plane<"WebhookEndpoint"> = { spelling, store };
