import { webhookUrlFault } from "../rules/web-urls";
import { webhookEvents } from "../rules/webhook-events";
import { newSigningSecret } from "../store/credentials";
import type { WebhookData } from "../store/objects";
import { environmentOf, seen, type Session } from "./session";

type Written = { readonly [F in keyof WebhookData]?: WebhookData[F] | null | undefined };
export const webhookOf = (session: Session, id: string) =>
  seen(session, "environment", session.store.get<WebhookData>("webhook", session.account, id));
const notFound = (webhookEndpointId: string) => ({ __typename: "WebhookEndpointNotFound", webhookEndpointId });

/** Why an endpoint of this environment cannot have these values, if so. */
function fault(session: Session, environmentId: string, { endpointUrl, events }: Written, own?: string) {
  if (endpointUrl != null) {
    const isProduction = !environmentOf(session, environmentId)!.data.sandbox;
    const message = webhookUrlFault(endpointUrl, isProduction);
    if (message !== undefined) return { __typename: "InvalidWebhookEndpointUrl", message };
    const other = session.store.byKey("webhook", environmentId, endpointUrl);
    if (other && other.id !== own) return { __typename: "DuplicateWebhookEndpoint", endpointUrl };
  }
  const unknown = events?.find((event) => !webhookEvents.includes(event));
  return unknown === undefined
    ? undefined
    : { __typename: "UnknownWebhookEvent", message: `'${unknown}' is not a known event type.`, event: unknown };
}

export function createWebhook(
  session: Session,
  { environmentId, ...written }: Written & { environmentId: string; endpointUrl: string; events: string[] },
) {
  const { store, account } = session;
  if (!environmentOf(session, environmentId)) return { __typename: "EnvironmentNotFound", environmentId };
  const wrong = fault(session, environmentId, written);
  if (wrong) return wrong;
  const data: WebhookData = {
    endpointUrl: written.endpointUrl,
    events: [...new Set(written.events)],
    state: "Active",
    secret: newSigningSecret(),
    description: written.description ?? null,
  };
  return {
    __typename: "WebhookEndpointCreated",
    webhookEndpoint: store.insert("webhook", "we", { account, parent: environmentId, key: data.endpointUrl, data }),
  };
}

export function updateWebhook(
  session: Session,
  { webhookEndpointId, ...written }: Written & { webhookEndpointId: string },
) {
  const endpoint = webhookOf(session, webhookEndpointId);
  if (!endpoint) return notFound(webhookEndpointId);
  const wrong = fault(session, endpoint.parent, written, endpoint.id);
  if (wrong) return wrong;
  const { endpointUrl, events, state, description } = written;
  const data: WebhookData = {
    ...endpoint.data,
    ...(endpointUrl != null && { endpointUrl }),
    ...(events != null && { events: [...new Set(events)] }),
    ...(state != null && { state }),
    ...(description !== undefined && { description }),
  };
  return {
    __typename: "WebhookEndpointUpdated",
    webhookEndpoint: session.store.update(endpoint, { key: data.endpointUrl, data }),
  };
}

export function deleteWebhook(session: Session, webhookEndpointId: string) {
  if (!webhookOf(session, webhookEndpointId)) return notFound(webhookEndpointId);
  session.store.remove(webhookEndpointId);
  return { __typename: "WebhookEndpointDeleted", webhookEndpointId };
}

export function rotateWebhookSecret(session: Session, webhookEndpointId: string) {
  const endpoint = webhookOf(session, webhookEndpointId);
  if (!endpoint) return notFound(webhookEndpointId);
  const data = { ...endpoint.data, secret: newSigningSecret() };
  return { __typename: "WebhookSecretRotated", webhookEndpoint: session.store.update(endpoint, { data }) };
}
