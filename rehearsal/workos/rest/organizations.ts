import { HttpError } from "../../http/exchange";
import type { Row } from "../../store/database";
import {
  type Call,
  invalid,
  list,
  noContent,
  notFound,
  ok,
  optionalText,
  pageOf,
  type Routes,
  text,
  times,
} from "./router";

interface OrganizationData {
  name: string;
  externalId: string | null;
  metadata: Record<string, string>;
  domains: { domain: string; state: string }[];
}
const view = (row: Row<OrganizationData>) => ({
  object: "organization",
  id: row.id,
  name: row.data.name,
  allow_profiles_outside_organization: false,
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

function metadataOf({ json }: Call): Record<string, string> | undefined {
  const value = json["metadata"];
  if (value === undefined || value === null) return undefined;
  const pairs = typeof value === "object" && !Array.isArray(value) ? Object.entries(value as object) : undefined;
  if (!pairs || pairs.length > 50 || pairs.some(([k, v]) => k.length > 40 || typeof v !== "string" || v.length > 600))
    throw new HttpError(400, "metadata takes at most 50 texts.", "invalid_metadata");
  return Object.fromEntries(pairs) as Record<string, string>;
}
function domainsOf({ json }: Call): OrganizationData["domains"] | undefined {
  const value = json["domain_data"];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid("domain_data must be a list.");
  return value.map((item: unknown) => {
    const { domain, state } = (item ?? {}) as { domain?: unknown; state?: unknown };
    if (typeof domain !== "string" || (state !== "pending" && state !== "verified"))
      throw invalid("Each domain has a domain and a state.");
    return { domain, state };
  });
}
function externalIdOf(call: Call, self?: string): string | null | undefined {
  const id = optionalText(call.json, "external_id", 128);
  const taken = id ? byExternalId(call, id) : undefined;
  if (taken && taken.id !== self)
    throw new HttpError(400, "The external id is used already.", "external_id_already_used");
  return id;
}

export const organizationRoutes: Routes = {
  "GET /organizations": ({ store, environment, exchange }) =>
    list(
      store.page<OrganizationData>("organization", environment.id, pageOf(exchange), {
        search: exchange.query.get("search"),
        domains: exchange.query.getAll("domains").flatMap((domains) => domains.split(",")),
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
      metadata: metadataOf(call) ?? {},
      domains: domainsOf(call) ?? [],
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
      metadata: metadataOf(call) ?? row.data.metadata,
      domains: domainsOf(call) ?? row.data.domains,
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
