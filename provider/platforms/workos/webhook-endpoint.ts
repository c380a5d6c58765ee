import { PartlyDone } from "../../errors";
import type { Held, Live, Store } from "../platform";
import { type Context, requireExtension } from "./context";
import { unlessGone } from "./project";
import { fromWire, selection, toWire } from "./spelling";
import { sharing } from "./team";
import { dashboardSpelling } from "./webhook-fields";

interface EndpointWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly environmentId: string;
  readonly endpointUrl: string;
  /** Of the rehearsal only. */
  readonly secret?: string;
}
const refused = [
  "DuplicateWebhookEndpoint { endpointUrl }",
  "InvalidWebhookEndpointUrl { message }",
  "UnknownWebhookEvent { message event }",
];

/** Webhook endpoints on the dashboard plane. It tells no signing secret: that is the environment plane's. */
export function webhookEndpoints(context: Context): Store<"WebhookEndpoint"> {
  const { dashboard, team, extensions, rest, config } = context;
  const { description, ...real } = dashboardSpelling;
  const spelling = extensions ? dashboardSpelling : { ...real, description: { unsupported: "" } };
  const fields = `id environmentId ${extensions ? "secret" : ""} ${selection(spelling)}`;
  const share = sharing<readonly EndpointWire[]>();
  const shareSecrets = sharing<readonly { id: string; secret: string }[]>();

  /** An endpoint that the key's list holds proves that the key is of its environment. */
  const secretOf = async ({ id, secret }: EndpointWire): Promise<string | undefined> => {
    if (secret !== undefined || !config.apiKey) return secret;
    const listed = await shareSecrets("secrets", () => rest.all<{ id: string; secret: string }>("webhook_endpoints"));
    return listed.find((endpoint) => endpoint.id === id)?.secret;
  };
  const live = async (wire: EndpointWire, held: Held<"WebhookEndpoint"> = {}): Promise<Live<"WebhookEndpoint">> => {
    const signingSecret = await secretOf(wire);
    return {
      id: wire.id,
      state: {
        ...fromWire(spelling, wire),
        environment: wire.environmentId,
        endpointId: wire.id,
        ...(signingSecret !== undefined && { signingSecret }),
        secretHeld: signingSecret !== undefined || held.signingSecret !== undefined,
      },
    };
  };
  const byId = async (id: string): Promise<EndpointWire | undefined> => {
    const text = `query Golive($id: ID!) { webhookEndpoint(id: $id) { ${fields} } }`;
    const { webhookEndpoint } = await dashboard.query<{ webhookEndpoint: EndpointWire | null }>(
      "webhookEndpoint",
      text,
      { id },
    );
    return webhookEndpoint ?? undefined;
  };
  const inEnvironment = (environmentId: string) =>
    share(environmentId, async () => {
      await team.environment(environmentId);
      const found: EndpointWire[] = [];
      for (let after: string | null = null, first = true; first || after; first = false) {
        const text = `query Golive($environmentId: ID!, $after: ID) { webhookEndpoints(environmentId: $environmentId, limit: 100, after: $after) { data { ${fields} } listMetadata { after } } }`;
        type Answer = { webhookEndpoints: { data: EndpointWire[]; listMetadata: { after: string | null } } };
        const page: Answer = await dashboard.query<Answer>(
          "webhookEndpoints",
          text,
          { environmentId, after },
          environmentId,
        );
        found.push(...page.webhookEndpoints.data);
        after = page.webhookEndpoints.listMetadata.after;
      }
      return found;
    });
  const patch = (webhookEndpointId: string, wire: Record<string, unknown>) =>
    dashboard.mutate(
      "updateWebhookEndpoint",
      { webhookEndpointId, ...wire },
      ["WebhookEndpointUpdated { __typename }", ...refused, "WebhookEndpointNotFound { webhookEndpointId }"],
      { repeatable: true },
    );

  return {
    async find({ environment, url }) {
      const wire = (await inEnvironment(environment)).find((endpoint) => endpoint.endpointUrl === url);
      return wire && live(wire);
    },
    async create(inputs) {
      const { environment } = inputs;
      await team.environment(environment);
      const writes = toWire(spelling, inputs, Object.keys(inputs), "createWebhookEndpoint");
      const { webhookEndpoint } = await dashboard.mutate<{ webhookEndpoint: { id: string } }>(
        "createWebhookEndpoint",
        { environmentId: environment, ...writes.get("createWebhookEndpoint") },
        ["WebhookEndpointCreated { webhookEndpoint { id } }", ...refused, "EnvironmentNotFound { environmentId }"],
        { environmentId: environment },
      );
      try {
        // an endpoint is made enabled; only another wish is a second request
        if (inputs.enabled === false) await patch(webhookEndpoint.id, writes.get("updateWebhookEndpoint")!);
        return await live((await byId(webhookEndpoint.id))!);
      } catch (error) {
        const { id } = webhookEndpoint;
        throw new PartlyDone(
          id,
          { endpointId: id, secretHeld: false },
          inputs.enabled === false ? ["enabled"] : [],
          error as Error,
        );
      }
    },
    async read(id, held) {
      const wire = await byId(id);
      return wire && live(wire, held);
    },
    async update(id, { inputs, fields: changed, held }) {
      const wire = toWire(spelling, inputs, changed, "updateWebhookEndpoint").get("updateWebhookEndpoint");
      if (wire) await patch(id, wire);
      if (changed.has("secretVersion")) {
        requireExtension(context, "rotateWebhookSecret");
        await dashboard.mutate("rotateWebhookSecret", { webhookEndpointId: id }, [
          "WebhookSecretRotated { __typename }",
          "WebhookEndpointNotFound { webhookEndpointId }",
        ]);
      }
      return live((await byId(id))!, held);
    },
    async delete(id) {
      const members = ["WebhookEndpointDeleted { webhookEndpointId }", "WebhookEndpointNotFound { webhookEndpointId }"];
      await dashboard
        .mutate("deleteWebhookEndpoint", { webhookEndpointId: id }, members, { repeatable: true })
        .catch(unlessGone);
    },
    list: async ({ environment }) =>
      environment === undefined ? [] : Promise.all((await inEnvironment(environment)).map((wire) => live(wire))),
  };
}
