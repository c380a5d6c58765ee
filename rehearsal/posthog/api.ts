import { type Exchange, type Head, type Reply } from "../http/exchange";
import type { Caller } from "../http/server";
import type { Row, Store } from "../store/database";
import { callerOf } from "./access";
import { allProjects, purge } from "./domain/projects";
import { organizations } from "./domain/accounts";
import type { ProjectData } from "./domain/rows";
import { notAllowed, translated } from "./errors";
import { rateLimits } from "./limits";
import { flagRoutes } from "./rest/flags";
import { hogFunctionRoutes } from "./rest/hog-functions";
import { organizationRoutes } from "./rest/organizations";
import { projectObjectRoutes } from "./rest/project-objects";
import { router, type Routes, type Site } from "./router";
import { capture } from "./runtime/capture";
import { definitions, projectFor } from "./runtime/definitions";
import { askedOf, flags, projectOfBody } from "./runtime/flags";

/** Every route of the management API. */
export const routes: Routes = { ...organizationRoutes, ...flagRoutes, ...hogFunctionRoutes, ...projectObjectRoutes };

export interface PostHogOptions {
  /** How many projects a new organization's plan holds; null for no limit. @default 1, as a free one; 6 with billing */
  readonly projects?: number | null;
  /** Whether the documented limits of requests hold. @default true */
  readonly rateLimits?: boolean;
  /** How long a deleted project counts towards the plan, in milliseconds. @default 60,000 */
  readonly purgeAfterMs?: number;
  /** Settings of a project that an older server does not know: it takes them without a word, and keeps nothing. */
  readonly without?: readonly string[];
}

/** What applications ask. The public token is in the body, the key for definitions in the head. */
const runtime: readonly {
  readonly path: RegExp;
  readonly method: string;
  readonly run: (store: Store, exchange: Exchange) => Reply;
  readonly head?: (store: Store, head: Head) => unknown;
}[] = [
  {
    path: /^\/flags\/definitions\/?$|^\/api\/feature_flag\/local_evaluation\/?$/,
    method: "GET",
    run: definitions,
    head: projectFor,
  },
  { path: /^\/(flags|decide)\/?$/, method: "POST", run: flags },
  { path: /^\/(batch|capture|e|i\/v0\/e)\/?$/, method: "POST", run: capture },
];

/** Who asks on PostHog's paths; nobody, on any other. */
export function posthogApi(store: Store, options: PostHogOptions): (head: Head) => Caller | undefined {
  const site: Site = { store, without: new Set(options.without) };
  const route = router(routes);
  const limit = options.rateLimits === false ? () => undefined : rateLimits();
  const purgeAfterMs = options.purgeAfterMs ?? 60_000;
  const isOver = ({ data }: Row<ProjectData>) => data.deletedAt !== null && data.deletedAt <= Date.now() - purgeAfterMs;
  /** Time goes by for what was deleted, as soon as somebody asks for room. */
  const purgeBefore = ({ method, path }: Head): void => {
    if (method !== "POST" || !path.startsWith("/api/organizations/")) return;
    if (organizations(store).some(({ id }) => allProjects(store, id).some(isOver)))
      store.transaction(() => purge(store, purgeAfterMs));
  };
  const refusal = translated;
  return (head) => {
    const asked = runtime.find(({ path }) => path.test(head.path));
    if (asked) {
      if (head.method !== asked.method) throw notAllowed(head.method.slice(0, 20));
      asked.head?.(store, head);
      return {
        refusal,
        ...(!asked.head && { prove: (exchange: Exchange) => void projectOfBody(store, askedOf(exchange)) }),
        answer(exchange) {
          limit(exchange);
          return asked.run(store, exchange);
        },
      };
    }
    if (!head.path.startsWith("/api/")) return undefined;
    const caller = callerOf(store, head);
    return {
      refusal,
      answer(exchange) {
        limit(exchange);
        purgeBefore(exchange);
        return route(site, caller, exchange);
      },
    };
  };
}
