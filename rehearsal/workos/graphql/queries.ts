import { applicationOf, defaultApplicationOf } from "../../domain/applications";
import { environmentOfHeader } from "../../domain/environments";
import { isExpired } from "../../domain/keys";
import { flagOf } from "../../domain/flags";
import { accountOf, environmentOf, projectOf, type Session } from "../../domain/session";
import { webhookOf } from "../../domain/webhooks";
import { webhookEvents } from "../../rules/webhook-events";
import { type Page, pageThrough } from "../../store/paging";
import type { ApplicationData, FlagData, KeyData, WebhookData } from "../../store/objects";
import { applicationView, environmentView, flagView, keyView, listView, teamView, webhookView } from "./views";

/** What a resolver gets: who asks, and the environment that the header named. */
export interface Context extends Session {
  readonly header: string | undefined;
}
interface Paged {
  readonly order: "Asc" | "Desc" | "Normal";
  readonly limit: number;
  readonly before?: string | null;
  readonly after?: string | null;
}
interface InEnvironment {
  readonly environmentId: string;
}
interface KeyFilter {
  readonly applicationId?: string | null;
  readonly scope: "Active" | "RecentlyExpired";
}
const pageOf = ({ order, limit, before, after }: Paged): Page => ({
  limit,
  before,
  after,
  order: order.toLowerCase() as "asc" | "desc" | "normal",
});
const none = { rows: [], before: null, after: null };

/** Only the account's own environments have anything in them; of others there is nothing. */
const within = <T>(context: Context, environmentId: string, read: () => T, empty: T): T =>
  environmentOf(context, environmentId) ? read() : empty;

export const queries = {
  currentTeam: (_: unknown, context: Context) => teamView(context),
  me: (_: unknown, context: Context) => accountOf(context).data.user,
  currentEnvironment(_: unknown, context: Context) {
    const environment = environmentOfHeader(context, context.header);
    return environment && environmentView(context, environment);
  },
  userlandApplications(
    { environmentId, search, ...page }: InEnvironment & Paged & { search?: string | null },
    context: Context,
  ) {
    const read = () => context.store.page<ApplicationData>("application", environmentId, pageOf(page), { search });
    return listView(within(context, environmentId, read, none), (row) => applicationView(context, row));
  },
  userlandApplication({ id }: { id: string }, context: Context) {
    const row = applicationOf(context, id);
    return row && applicationView(context, row);
  },
  defaultUserlandApplication({ environmentId }: InEnvironment, context: Context) {
    const row = within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);
    return row && applicationView(context, row);
  },
  redirectUris({ environmentId, ...page }: InEnvironment & Paged, context: Context) {
    const row = within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);
    return listView(pageThrough(row?.data.redirectUris ?? [], pageOf(page)), (uri) => uri);
  },
  defaultRedirectUri({ environmentId }: InEnvironment, context: Context) {
    const row = within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);
    return row?.data.redirectUris.find(({ isDefault }) => isDefault);
  },
  logoutUris({ environmentId, limit }: InEnvironment & { limit: number }, context: Context) {
    const row = within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);
    return { data: row ? applicationView(context, row).logoutUris.slice(0, limit) : [] };
  },
  corsConfig({ environmentId }: InEnvironment, context: Context) {
    const row = within(context, environmentId, () => defaultApplicationOf(context, environmentId), undefined);
    return { origins: row?.data.webOrigins ?? [] };
  },
  flagsForProject(
    { projectId, search, tags, ...page }: Paged & { projectId: string; search?: string | null; tags?: string[] | null },
    context: Context,
  ) {
    const found = projectOf(context, projectId)
      ? context.store.page<FlagData>("flag", projectId, pageOf(page), { search, tags })
      : none;
    return listView(found, (row) => flagView(context, row));
  },
  flagBySlug({ projectId, slug }: { projectId: string; slug: string }, context: Context) {
    const row = projectOf(context, projectId) && context.store.byKey<FlagData>("flag", projectId, slug);
    return row && flagView(context, row);
  },
  flag({ id }: { id: string }, context: Context) {
    const row = flagOf(context, id);
    return row && flagView(context, row);
  },
  tags({ projectId }: { projectId: string }, context: Context) {
    const flags = projectOf(context, projectId) ? context.store.children<FlagData>("flag", projectId) : [];
    const names = [...new Set(flags.flatMap((flag) => flag.data.tags))].toSorted();
    return listView({ ...none, rows: names }, (name) => ({ id: `tag_${name}`, name }));
  },
  webhookEndpoints({ environmentId, ...page }: InEnvironment & Paged, context: Context) {
    const read = () => context.store.page<WebhookData>("webhook", environmentId, pageOf(page));
    return listView(within(context, environmentId, read, none), webhookView);
  },
  webhookEndpoint({ id }: { id: string }, context: Context) {
    const row = webhookOf(context, id);
    return row && webhookView(row);
  },
  webhookEvents: () => webhookEvents.map((id) => ({ id, category: id.slice(0, id.lastIndexOf(".")) })),
  keys({ environmentId, applicationId, scope }: InEnvironment & KeyFilter, context: Context) {
    const all = within(context, environmentId, () => context.store.children<KeyData>("key", environmentId), []);
    const wanted = all
      .filter(({ data }) => isExpired(data) === (scope === "RecentlyExpired"))
      .filter(({ data }) => !applicationId || data.applicationId === applicationId);
    return { data: wanted.map(keyView) };
  },
  organizations(
    { environmentId, search, ...page }: InEnvironment & Paged & { search?: string | null },
    context: Context,
  ) {
    const read = () => context.store.page<{ name: string }>("organization", environmentId, pageOf(page), { search });
    return listView(within(context, environmentId, read, none), ({ id, data }) => ({ id, name: data.name }));
  },
};
