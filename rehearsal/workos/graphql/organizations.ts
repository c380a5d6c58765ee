import type { Filter } from "../../store/filter";
import { type Listed, pageInOrder } from "../../store/paging";
import type { Row } from "../../store/database";
import type { OrganizationData } from "../../store/objects";
import { instant } from "./instant";
import type { ResolverContext } from "./scope";
import { type Paged, pageOf } from "./views/lists";

/** What no organization of a rehearsal has: whoever filters by it finds none. */
const neverThere = [
  "connectionState",
  "connectionType",
  "directoryState",
  "directoryType",
  "auditLogStreamType",
  "auditLogStreamState",
  "expiringCertificateWindow",
] as const;
export interface OrganizationQuery extends Paged {
  readonly environmentId: string;
  readonly search?: string | null;
  readonly sortField?: "CreatedAt" | "Name" | null;
  readonly rangeStart?: string | null;
  readonly rangeEnd?: string | null;
  readonly hasDataIntegrations?: boolean | null;
  readonly hasOrganizationAdmin?: boolean | null;
  readonly usersCountMinimum?: number | null;
  readonly usersCountMaximum?: number | null;
}
function isNone(query: OrganizationQuery): boolean {
  const { hasDataIntegrations, hasOrganizationAdmin, usersCountMinimum, usersCountMaximum } = query;
  if (neverThere.some((name) => (query as unknown as Record<string, unknown>)[name] != null)) return true;
  if (hasDataIntegrations || hasOrganizationAdmin) return true;
  return (usersCountMinimum ?? 0) > 0 || (usersCountMaximum ?? 0) < 0;
}

const byName = (a: Row<OrganizationData>, b: Row<OrganizationData>) =>
  a.data.name.localeCompare(b.data.name) || (a.id < b.id ? -1 : 1);

/** The organizations of an environment, as they are asked for. */
export function organizationsIn({ store }: ResolverContext, query: OrganizationQuery): Listed<Row<OrganizationData>> {
  const { environmentId, search, sortField, rangeStart, rangeEnd } = query;
  const filter: Filter = { search, from: instant(rangeStart), until: instant(rangeEnd) };
  if (isNone(query)) return { rows: [], before: null, after: null };
  if (sortField !== "Name") return store.page("organization", environmentId, pageOf(query), filter);
  const all = store.filtered<OrganizationData>("organization", environmentId, filter);
  return pageInOrder(all.toSorted(byName), pageOf(query));
}
