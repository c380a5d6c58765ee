import { createHash } from "node:crypto";
import type { Config } from "../../config";
import { type Bag, type Failure, isUnknown } from "../../define";
import { ConfigError } from "../../errors";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { Account, Platform, Store } from "../platform";
import { apiKeys } from "./api-key";
import { authkitApplications } from "./authkit";
import { isConnect, missing } from "./capabilities";
import { connectApplications } from "./connect";
import { type Context, contextOf, type Plane } from "./context";
import { defaultApplication } from "./default-application";
import { environments } from "./environment";
import { featureFlags } from "./feature-flag";
import { featureFlagRules } from "./feature-flag-rule";
import { keyedRules } from "./keyed-rule";
import { keyedWebhookEndpoints } from "./keyed-webhook";
import { projects } from "./project";
import { type AnySpelling, refused, spelledFor } from "./spelling";
import { webhookEndpoints } from "./webhook-endpoint";

type Planes = { readonly [K in Kind]: Plane<K> };

/** The plane of each kind with these credentials: the dashboard's where there is a token, else the environment's. */
const planesOf = ({ token }: Config): Planes => ({
  Project: projects,
  Environment: environments,
  Application: token ? authkitApplications : defaultApplication,
  ApiKey: apiKeys,
  FeatureFlag: featureFlags,
  FeatureFlagRule: token ? featureFlagRules : keyedRules,
  WebhookEndpoint: token ? webhookEndpoints : keyedWebhookEndpoints,
});

/** WorkOS has two kinds of application on two planes; the kind says which, and on import the id. */
function applications(signIn: Store<"Application">, connect: Store<"Application">): Store<"Application"> {
  const of = (kind: unknown, id = "") =>
    isConnect(kind) || (kind === undefined && id.startsWith("conn")) ? connect : signIn;
  return {
    find: (inputs) => of(inputs.kind).find(inputs),
    claim: async (inputs) => of(inputs.kind).claim?.(inputs),
    create: (inputs) => of(inputs.kind).create(inputs),
    read: (id, held) => of(held.kind, id).read(id, held),
    update: (id, change) => of(change.inputs.kind, id).update(id, change),
    delete: (id, held) => of(held.kind, id).delete(id, held),
    list: async (scoped) => [...((await signIn.list?.(scoped)) ?? []), ...((await connect.list?.(scoped)) ?? [])],
  };
}

const storesOf = (planes: Planes, context: Context): Platform["stores"] => ({
  Project: planes.Project.store(context),
  Environment: planes.Environment.store(context),
  Application: applications(planes.Application.store(context), connectApplications.store(context)),
  ApiKey: planes.ApiKey.store(context),
  FeatureFlag: planes.FeatureFlag.store(context),
  FeatureFlagRule: planes.FeatureFlagRule.store(context),
  WebhookEndpoint: planes.WebhookEndpoint.store(context),
});

async function accountOf({ config, team }: Context): Promise<Account> {
  if (config.token) {
    const { id, name } = await team.known();
    return { id, name };
  }
  if (!config.apiKey) throw new ConfigError("no credential is configured", "Set GOLIVE_TOKEN, or GOLIVE_API_KEY.");
  const fingerprint = createHash("sha256").update(config.apiKey.secret.reveal()).digest("hex").slice(0, 12);
  return { id: `key:${fingerprint}`, name: `the environment of the key from ${config.apiKey.origin}` };
}

/** WorkOS, or its rehearsal: the dashboard plane with a token, the environment plane with a key, or both. */
export function workos(config: Config, http: Http): Platform {
  const context = contextOf(config, http);
  const { extensions } = context;
  const planes = planesOf(config);
  const spellingFor = (kind: Kind, inputs: Bag): AnySpelling => {
    const plane = kind === "Application" && isConnect(inputs["kind"]) ? connectApplications : planes[kind];
    return spelledFor(plane.spelling, extensions) as AnySpelling;
  };
  return {
    name: extensions ? "the rehearsal" : "WorkOS",
    stores: storesOf(planes, context),
    refusals(kind, inputs): readonly Failure[] {
      const lacking = missing(config, kind, inputs);
      if (lacking.length > 0) return lacking;
      // which plane an application is on is not known until `up`
      return isUnknown(inputs["kind"]) ? [] : refused(spellingFor(kind, inputs), inputs);
    },
    account: () => accountOf(context),
  };
}
