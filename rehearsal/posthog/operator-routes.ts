import { accountOfToken } from "../domain/accounts";
import { bearerOf, type Head } from "../http/exchange";
import type { Caller } from "../http/server";
import type { Store } from "../store/database";
import { personOf } from "./access";
import { bodyOf } from "./body";
import type { Level } from "./domain/accounts";
import { notAllowed, notAuthenticated, notFound, translated } from "./errors";
import { boolean, choice, integer, type Json, orElse, orNull, text, texts } from "./fields";
import type { PostHogRehearsal } from "./operator";

const prefix = "/_rehearsal/posthog/";
const organizationIn = (body: Json) => orElse(body["organization"], undefined, (value) => text(value, "organization"));
const numbers = (value: unknown, attr: string): number[] =>
  Array.isArray(value) ? value.map((one) => integer(one, attr, 0)) : [];

/** What each route does. They are the rehearsal's own: a person signed in, or PostHog itself, would do it. */
export const actions: Readonly<Record<string, (at: PostHogRehearsal, body: Json) => unknown>> = {
  organizations: (at, body) =>
    at.addOrganization({
      name: text(body["name"], "name", { max: 64 }),
      projects: orElse(body["projects"], undefined, (value) => orNull(value, (one) => integer(one, "projects", 1))),
      founder: orElse(body["founder"], undefined, (value) =>
        choice<Level | "none">(value, "founder", ["owner", "admin", "member", "none"]),
      ),
    }),
  personal_api_keys: (at, body) => ({
    value: at.addKey(
      {
        label: text(body["label"], "label", { max: 40 }),
        scopes: texts(body["scopes"], "scopes"),
        scopedTeams: numbers(body["scoped_teams"], "scoped_teams"),
        scopedOrganizations: orElse(body["scoped_organizations"], [], (value) => texts(value, "scoped_organizations")),
      },
      orElse(body["session"], undefined, (value) => text(value, "session")),
    ),
  }),
  plan: (at, body) =>
    at.setPlan(
      orElse(body["projects"], undefined, (value) => orNull(value, (one) => integer(one, "projects", 1))),
      organizationIn(body),
    ),
  key_policy: (at, body) =>
    at.setKeyPolicy(boolean(body["members_use_keys"], "members_use_keys"), organizationIn(body)),
  reset_token: (at, body) => ({ api_token: at.resetToken(integer(body["project"], "project", 0)) }),
  change_organization: (at, body) =>
    at.moveProject(integer(body["project"], "project", 0), text(body["organization_id"], "organization_id")),
  purge: (at) => ({ purged: at.purge() }),
  approval: (at, body) => at.setApproval(integer(body["project"], "project", 0), boolean(body["approval"], "approval")),
  claim_flag: (at, body) =>
    at.claimFlag(integer(body["flag"], "flag", 0), {
      experiments: numbers(body["experiments"], "experiments"),
      version2: orElse(body["version2"], false, (value) => boolean(value, "version2")),
    }),
};

/** `POST /_rehearsal/posthog/…` by the dashboard token, or by what a person is signed in with. */
export function operatorRoutes(store: Store, at: PostHogRehearsal): (head: Head) => Caller | undefined {
  return (head) => {
    if (!head.path.startsWith(prefix)) return undefined;
    if (!personOf(store, head) && !accountOfToken(store, bearerOf(head))) throw notAuthenticated();
    const name = head.path.slice(prefix.length);
    return {
      isOwn: true,
      refusal: translated,
      answer(exchange) {
        if (name === "account" && exchange.method === "GET")
          return {
            status: 200,
            body: { organization: at.organization, key: at.key, session: at.session, projects: at.projects },
          };
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (!action) throw notFound();
        if (exchange.method !== "POST") throw notAllowed(exchange.method.slice(0, 20));
        const body = action(at, bodyOf(exchange));
        return body === undefined ? { status: 204 } : { status: 200, body };
      },
    };
  };
}
