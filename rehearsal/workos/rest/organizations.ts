import { HttpError } from "../../http/exchange";
import type { Row } from "../../store/database";
import type { OrganizationData } from "../../store/objects";
import {
  type Call,
  invalidField,
  list,
  noContent,
  notFound,
  ok,
  optionalFlag,
  optionalText,
  pageOf,
  type Routes,
  text,
  times,
} from "./router";

const view = (row: Row<OrganizationData>) => ({
  object: "organization",
  id: row.id,
  name: row.data.name,
  allow_profiles_outside_organization: row.data.allowsProfilesOutside ?? false,
  ...(row.data.stripeCustomerId != null && { stripe_customer_id: row.data.stripeCustomerId }),
  external_id: row.data.externalId,
  metadata: row.data.metadata,
  domains: row.data.domains.map(({ domain, state }, i) => ({
    object: "organization_domain",
    id: `org_domain_${row.id.slice(4)}${i}`,
    organization_id: row.id,
    domain,
    state,
    verification_strategy: "manual",
    ...times(row),
  })),
  ...times(row),
});
const own = (call: Call) => {
  const row = call.store.get<OrganizationData>("organization", call.account, call.params["id"]!);
  if (row?.parent !== call.environment.id) throw notFound("Organization", call.params["id"]!);
  return row;
};
const byExternalId = ({ store, environment }: Call, id: string) =>
  store.byKey<OrganizationData>("organization", environment.id, `ext:${id}`);

const isPair = ([key, value]: [string, unknown]) =>
  key.length > 0 && key.length <= 40 && typeof value === "string" && value.length <= 600;
const wrongMetadata = () =>
  new HttpError(400, "metadata takes at most 50 texts of 600 characters.", "invalid_metadata", [
    { field: "metadata", code: "invalid_metadata", message: "metadata takes at most 50 texts of 600 characters" },
  ]);
/** What is there with what is sent: a key of `null` goes, the others stay. An empty object, or `null`, clears all. */
function metadataOf({ json }: Call, known: Record<string, string> = {}): Record<string, string> {
  const value = json["metadata"];
  if (value === undefined) return known;
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw wrongMetadata();
  const sent = Object.entries(value as Record<string, unknown>);
  const merged = sent.length === 0 ? [] : Object.entries({ ...known, ...(value as object) } as Record<string, unknown>);
  const pairs = merged.filter(([, one]) => one !== null);
  if (pairs.length > 50 || !pairs.every(isPair)) throw wrongMetadata();
  return Object.fromEntries(pairs) as Record<string, string>;
}
const isDomain = (domain: unknown): domain is string => typeof domain === "string" && domain.trim() !== "";
/** `domains` is the older form, of which it is not published whether one is verified: it begins as pending. */
function domainsOf({ json }: Call): OrganizationData["domains"] | undefined {
  const value = json["domain_data"] ?? json["domains"];
  if (value === undefined || value === null) return undefined;
  const name = json["domain_data"] == null ? "domains" : "domain_data";
  if (!Array.isArray(value)) throw invalidField(name, "invalid_type", "must be a list");
  return value.map((item: unknown) => {
    const { domain, state } = (name === "domains" ? { domain: item, state: "pending" } : (item ?? {})) as Record<
      string,
      unknown
    >;
    if (!isDomain(domain) || (state !== "pending" && state !== "verified"))
      throw invalidField(name, "invalid_domain", "has an entry without a domain or its state");
    return { domain, state };
  });
}
/** What POST and PUT take alike. */
function settingsOf(call: Call) {
  const allows = optionalFlag(call.json, "allow_profiles_outside_organization");
  const stripeCustomerId = optionalText(call.json, "stripe_customer_id", 255);
  return {
    ...(allows !== undefined && { allowsProfilesOutside: allows }),
    ...(stripeCustomerId !== undefined && { stripeCustomerId: stripeCustomerId || null }),
  };
}
function externalIdOf(call: Call, self?: string): string | null | undefined {
  const id = optionalText(call.json, "external_id", 128);
  if (id && !/^[\x20-\x7e]+$/.test(id))
    throw invalidField("external_id", "invalid_external_id", "takes ASCII characters only");
  const taken = id ? byExternalId(call, id) : undefined;
  if (taken && taken.id !== self)
    throw new HttpError(400, "The external id is used already.", "external_id_already_used");
  return id === "" ? null : id;
}

export const organizationRoutes: Routes = {
  "GET /organizations": ({ store, environment, exchange }) =>
    list(
      store.page<OrganizationData>("organization", environment.id, pageOf(exchange), {
        search: exchange.query.get("search"),
        domains: exchange.query
          .getAll("domains")
          .flatMap((domains) => domains.split(","))
          .filter(Boolean),
      }),
      view,
    ),
  "GET /organizations/:id": (call) => ok(view(own(call))),
  "GET /organizations/external_id/:id"(call) {
    const row = byExternalId(call, call.params["id"]!);
    if (!row) throw notFound("Organization", call.params["id"]!);
    return ok(view(row));
  },
  "POST /organizations"(call) {
    const { store, account, environment, json } = call;
    const externalId = externalIdOf(call) ?? null;
    const data = {
      name: text(json, "name", 1_000),
      externalId,
      metadata: metadataOf(call),
      domains: domainsOf(call) ?? [],
      ...settingsOf(call),
    };
    const key = externalId === null ? {} : { key: `ext:${externalId}` };
    return ok(view(store.insert("organization", "org", { account, parent: environment.id, data, ...key })), 201);
  },
  "PUT /organizations/:id"(call) {
    const row = own(call);
    const externalId = externalIdOf(call, row.id);
    const data: OrganizationData = {
      ...row.data,
      ...(call.json["name"] !== undefined && { name: text(call.json, "name", 1_000) }),
      ...(externalId !== undefined && { externalId }),
      metadata: metadataOf(call, row.data.metadata),
      domains: domainsOf(call) ?? row.data.domains,
      ...settingsOf(call),
    };
    return ok(
      view(call.store.update(row, { data, key: data.externalId === null ? row.id : `ext:${data.externalId}` })),
    );
  },
  "DELETE /organizations/:id"(call) {
    call.store.remove(own(call).id);
    return noContent;
  },
};
