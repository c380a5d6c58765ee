import { createHash } from "node:crypto";
import type { Config } from "../../config";
import { ConfigError } from "../../errors";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { Account, Platform, Store } from "../platform";
import { apiKeys } from "./api-key";
import { authkitApplications } from "./authkit";
import { spelling as authkitSpelling } from "./authkit-fields";
import { missing } from "./capabilities";
import { connectApplications, connectSpelling } from "./connect";
import type { Context } from "./context";
import { Dashboard } from "./dashboard";
import { defaultApplication } from "./default-application";
import { environments } from "./environment";
import { featureFlags } from "./feature-flag";
import { featureFlagRules, ruleSpelling } from "./feature-flag-rule";
import { keyedRules, keyedWebhookEndpoints } from "./keyed";
import { projects } from "./project";
import { Rest } from "./rest";
import { unsupportedBy, type Word } from "./spelling";
import { Team } from "./team";
import { webhookEndpoints } from "./webhook-endpoint";

const isConnect = (id: string | undefined, kind: unknown) =>
  kind === "oauth" || kind === "m2m" || (id ?? "").startsWith("conn_app_");

/** WorkOS has two kinds of application on two planes; the kind, or the id, says which. */
function applications(signIn: Store<"Application">, connect: Store<"Application">): Store<"Application"> {
  const of = (kind: unknown, id?: string) => (isConnect(id, kind) ? connect : signIn);
  return {
    find: (inputs) => of(inputs.kind).find(inputs),
    claim: async (inputs) => of(inputs.kind).claim?.(inputs),
    create: (inputs) => of(inputs.kind).create(inputs),
    read: (id, held) => of(held.kind, id).read(id, held),
    update: (id, change) => of(change.inputs.kind, id).update(id, change),
    delete: (id, held) => of(held.kind, id).delete(id, held),
    list: async (scope) => [
      ...((await signIn.list?.(scope)) ?? []),
      ...((await connect.list?.(scope).catch(() => [])) ?? []),
    ],
  };
}

async function accountOf({ config, team }: Context): Promise<Account> {
  if (config.token) return team.known();
  if (!config.apiKey) throw new ConfigError("no credential is configured", "Set GOLIVE_TOKEN, or GOLIVE_API_KEY.");
  const fingerprint = createHash("sha256").update(config.apiKey.secret.reveal()).digest("hex").slice(0, 12);
  return { id: `key:${fingerprint}`, name: `the environment of the key from ${config.apiKey.origin}` };
}

/** WorkOS, or its rehearsal: the dashboard plane with a token, the environment plane with a key, or both. */
export function workos(config: Config, http: Http): Platform {
  const extensions = config.platform === "rehearsal";
  const { token } = config;
  const unavailable = { secret: config.apiKey?.secret, origin: "nowhere" };
  const dashboard = new Dashboard(http, token ?? (unavailable as NonNullable<typeof token>));
  const team = new Team(dashboard, extensions);
  const context: Context = { config, http, dashboard, team, rest: new Rest(http, config.apiKey), extensions };
  const signIn = token ? authkitApplications(context) : defaultApplication(context);
  return {
    name: extensions ? "the rehearsal" : "WorkOS",
    stores: {
      Project: projects(context),
      Environment: environments(context),
      Application: applications(signIn, connectApplications(context)),
      ApiKey: apiKeys(context),
      FeatureFlag: featureFlags(context),
      FeatureFlagRule: token ? featureFlagRules(context) : keyedRules(context),
      WebhookEndpoint: token ? webhookEndpoints(context) : keyedWebhookEndpoints(context),
    },
    refusals(kind, inputs) {
      const application = isConnect(undefined, inputs["kind"]) ? connectSpelling : authkitSpelling;
      const tables: Partial<Record<Kind, Readonly<Record<string, Word<unknown>>>>> = {
        Application: application,
        FeatureFlagRule: ruleSpelling,
      };
      const spelling = tables[kind] ?? {};
      const refused = Object.entries(spelling).flatMap(([property, word]) => {
        const reason = inputs[property] === undefined ? undefined : unsupportedBy(word);
        return reason ? [{ property, reason }] : [];
      });
      return [...missing(config, kind, inputs), ...refused];
    },
    account: () => accountOf(context),
  };
}
