import { applicationOf, defaultApplicationOf } from "../../domain/applications";
import { connectOf } from "../../domain/connect";
import { environmentOfHeader } from "../../domain/environments";
import { isExpired } from "../../domain/keys";
import { flagOf } from "../../domain/flags";
import { accountOf, environmentOf, projectOf, projectsOf, seen, type Session } from "../../domain/session";
import { webhookOf } from "../../domain/webhooks";
import { webhookEvents } from "../../rules/webhook-events";
import { pageThrough } from "../../store/paging";
import type {
  ApplicationData,
  EnvironmentData,
  FlagData,
  KeyData,
  OrganizationData,
  WebhookData,
} from "../../store/objects";
import { instant, refused } from "./instant";
import { organizationsIn, type OrganizationQuery } from "./organizations";
import { allInEnvironment, type ResolverContext } from "./scope";
import { applicationView, connectView, keyView, webhookView } from "./views/applications";
import { flagView, tagView } from "./views/flags";
import { listView, type Paged, pageOf } from "./views/lists";
import { organizationView } from "./views/organizations";
import { environmentView, teamView, userView } from "./views/team";

interface InEnvironment {
  readonly environmentId: string;
}
interface KeyFilter {
  readonly applicationId?: string | null;
  readonly scope: "Active" | "RecentlyExpired";
}
interface FlagFilter extends Paged {
  readonly projectId: string;
  readonly status?: string | null;
  readonly search?: string | null;
  readonly tags?: string[] | null;
  readonly rangeStart?: string | null;
  readonly rangeEnd?: string | null;
}
const none = { rows: [], before: null, after: null };
/** Only the account's own environments have anything in them; of others there is nothing. */
const within = <T>(context: ResolverContext, environmentId: string, read: () => T, empty: T): T =>
  environmentOf(context, environmentId) ? read() : empty;
const defaultIn = (context: ResolverContext, environmentId: string) =>
  within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);

/** An application by its id or its client id, wherever in the account it is seen. */
function connectIn(context: Session, id: string) {
  const all = projectsOf(context).flatMap((project) =>
    context.store.children<EnvironmentData>("environment", project.id),
  );
  return all
    .filter((environment) => environmentOf(context, environment.id))
    .map((environment) => connectOf(context, environment.id, id))
    .find((row) => row !== undefined);
}

/** Of the whole team, whatever the header says. */
const ofTeam = {
  currentTeam: (_: unknown, context: ResolverContext) => teamView(context),
  me: (_: unknown, context: ResolverContext) => userView(context, accountOf(context).data.user.id),
  webhookEvents: () =>
    webhookEvents.map((id) => ({ id, category: id.slice(0, id.lastIndexOf(".")), description: null, fixtures: [] })),
};

const ofEnvironment = allInEnvironment({
  currentEnvironment(_: unknown, context: ResolverContext) {
    const environment = environmentOfHeader(context, context.header);
    return environment && environmentView(context, environment);
  },
  environment({ id }: { id: string }, context: ResolverContext) {
    const row = environmentOf(context, id);
    return row && environmentView(context, row);
  },
  userlandApplications(
    { environmentId, search, ...page }: InEnvironment & Paged & { search?: string | null },
    context: ResolverContext,
  ) {
    const read = () => context.store.page<ApplicationData>("application", environmentId, pageOf(page), { search });
    return listView(within(context, environmentId, read, none), (row) => applicationView(context, row));
  },
  userlandApplication({ id }: { id: string }, context: ResolverContext) {
    const row = applicationOf(context, id);
    return row && applicationView(context, row);
  },
  defaultUserlandApplication({ environmentId }: InEnvironment, context: ResolverContext) {
    const row = defaultIn(context, environmentId);
    return row && applicationView(context, row);
  },
  redirectUris({ environmentId, ...page }: InEnvironment & Paged, context: ResolverContext) {
    const uris = defaultIn(context, environmentId)?.data.redirectUris ?? [];
    return listView(pageThrough(uris, pageOf(page)), (uri) => uri);
  },
  defaultRedirectUri({ environmentId }: InEnvironment, context: ResolverContext) {
    return defaultIn(context, environmentId)?.data.redirectUris.find(({ isDefault }) => isDefault);
  },
  logoutUris({ environmentId, limit }: InEnvironment & { limit: number | null }, context: ResolverContext) {
    const row = defaultIn(context, environmentId);
    return { data: row ? applicationView(context, row).logoutUris.slice(0, limit ?? 100) : [] };
  },
  application({ id }: { id: string }, context: ResolverContext) {
    const row = connectIn(context, id);
    return row && connectView(context, row);
  },
  flagsForProject(
    { projectId, status, search, tags, rangeStart, rangeEnd, ...page }: FlagFilter,
    context: ResolverContext,
  ) {
    if (status != null) throw refused(`'${status}' is no status that a rehearsal knows.`);
    const filter = { search, tags, from: instant(rangeStart), until: instant(rangeEnd) };
    const read = () => context.store.page<FlagData>("flag", projectId, pageOf(page), filter);
    return listView(projectOf(context, projectId) ? read() : none, (row) => flagView(context, row));
  },
  flagBySlug({ projectId, slug }: { projectId: string; slug: string }, context: ResolverContext) {
    const row = projectOf(context, projectId) && context.store.byKey<FlagData>("flag", projectId, slug);
    return row && flagView(context, row);
  },
  flag({ id }: { id: string }, context: ResolverContext) {
    const row = flagOf(context, id);
    return row && flagView(context, row);
  },
  tags({ projectId, name, ...page }: Paged & { projectId: string; name?: string | null }, context: ResolverContext) {
    const flags = projectOf(context, projectId) ? context.store.children<FlagData>("flag", projectId) : [];
    const names = [...new Set(flags.flatMap((flag) => flag.data.tags))].filter((tag) => !name || tag === name);
    const views = names.map((tag) => tagView(context, projectId, tag));
    return listView(pageThrough(views, { ...pageOf(page), order: "asc" }), (view) => view);
  },
  webhookEndpoints({ environmentId, ...page }: InEnvironment & Paged, context: ResolverContext) {
    const read = () => context.store.page<WebhookData>("webhook", environmentId, pageOf(page));
    return listView(within(context, environmentId, read, none), webhookView);
  },
  webhookEndpoint({ id }: { id: string }, context: ResolverContext) {
    const row = webhookOf(context, id);
    return row && webhookView(row);
  },
  keys({ environmentId, applicationId, scope }: InEnvironment & KeyFilter, context: ResolverContext) {
    const all = within(context, environmentId, () => context.store.children<KeyData>("key", environmentId), []);
    const wanted = all
      .filter(({ data }) => isExpired(data) === (scope === "RecentlyExpired"))
      .filter(({ data }) => !applicationId || data.applicationId === applicationId);
    return { data: wanted.map(keyView) };
  },
  organizations(query: OrganizationQuery, context: ResolverContext) {
    const found = within(context, query.environmentId, () => organizationsIn(context, query), none);
    return listView(found, organizationView);
  },
  organization({ id }: { id: string }, context: ResolverContext) {
    const row = seen(context, "environment", context.store.get<OrganizationData>("organization", context.account, id));
    return row && organizationView(row);
  },
  organizationCount: ({ environmentId }: InEnvironment, context: ResolverContext) =>
    within(context, environmentId, () => context.store.children("organization", environmentId).length, 0),
});

export const queries = { ...ofTeam, ...ofEnvironment };
