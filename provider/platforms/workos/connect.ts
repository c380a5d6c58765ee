import { type Bag, type Failure, isUnknown } from "../../define";
import { ConfigError } from "../../errors";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import { type Account, accountOfKey, type Config, type Platform, type Store } from "../platform";
import { apiKeys } from "./dashboard/api-key";
import { authkitApplications } from "./dashboard/authkit";
import { access, type Credentials, type WorkosConfig } from "./access";
import { capabilities, isConnect } from "./capabilities";
import { dashboardConnect } from "./dashboard/connect";
import { connectApplications } from "./rest/connect";
import { type Clients, clientsOf, type ApiStore } from "./clients";
import { defaultApplication } from "./rest/default-application";
import { environments } from "./dashboard/environment";
import { withExternalKeys } from "./dashboard/external-key";
import { featureFlags } from "./dashboard/feature-flag";
import { featureFlagRules } from "./dashboard/feature-flag-rule";
import { keyedRules } from "./rest/feature-flag-rule";
import { keyedWebhookEndpoints } from "./rest/webhook-endpoint";
import { projects } from "./dashboard/project";
import { type AnyCodecs, refused, codecsFor } from "../wire/codec";
import { lacking } from "../wire/lacking";
import { events as eventTypes } from "./events";
import { factsOf } from "./facts";
import { confinedOf, keyRefusals } from "./rest/key-environment";
import { title } from "./title";
import { warningsFor } from "./warnings";
import { webhookEndpoints } from "./dashboard/webhook-endpoint";

type Apis = { readonly [K in Kind]: ApiStore<K> };

/** The API of each kind with these credentials: the dashboard's where there is a token, else the environment's. */
const apisOf = ({ token }: WorkosConfig): Apis => ({
  Project: projects,
  Environment: environments,
  Application: token ? authkitApplications : defaultApplication,
  ApiKey: apiKeys,
  FeatureFlag: featureFlags,
  FeatureFlagRule: token ? featureFlagRules : keyedRules,
  WebhookEndpoint: token ? webhookEndpoints : keyedWebhookEndpoints,
});

/** Of what other software connects through: a key issues its secrets, too. */
const connectApi = ({ apiKey, token }: WorkosConfig): ApiStore<"Application"> =>
  token && !apiKey ? dashboardConnect : connectApplications;

/** WorkOS has two kinds of application on two APIs; the kind says which, and on import the id. */
function applications(signIn: Store<"Application">, other: Store<"Application">): Store<"Application"> {
  const of = (kind: unknown, id = "") =>
    isConnect(kind) || (kind === undefined && id.startsWith("conn")) ? other : signIn;
  return {
    find: (inputs) => of(inputs.kind).find(inputs),
    claim: async (inputs) => of(inputs.kind).claim?.(inputs),
    create: (inputs, issuer) => of(inputs.kind).create(inputs, issuer),
    read: (id, held) => of(held.kind, id).read(id, held),
    update: (id, change) => of(change.inputs.kind, id).update(id, change),
    delete: (id, held) => of(held.kind, id).delete(id, held),
    list: async (scoped) => [...((await signIn.list?.(scoped)) ?? []), ...((await other.list?.(scoped)) ?? [])],
  };
}

const storesOf = (apis: Apis, clients: Clients): Platform["stores"] => ({
  Project: apis.Project.store(clients),
  Environment: apis.Environment.store(clients),
  Application: applications(apis.Application.store(clients), connectApi(clients.config).store(clients)),
  ApiKey: withExternalKeys(apis.ApiKey.store(clients), clients),
  FeatureFlag: apis.FeatureFlag.store(clients),
  FeatureFlagRule: apis.FeatureFlagRule.store(clients),
  WebhookEndpoint: apis.WebhookEndpoint.store(clients),
});

async function accountOf({ config, team }: Clients): Promise<Account> {
  if (config.token) {
    const { id, name } = await team.known();
    return { id, name };
  }
  if (!config.apiKey)
    throw new ConfigError("no credential is configured", "Set GOLIVE_TOKEN_COMMAND, GOLIVE_TOKEN or GOLIVE_API_KEY.");
  return accountOfKey(config.apiKey);
}

/** WorkOS, or its rehearsal: the dashboard API with a token, the environment API with a key, or both. */
export function connect(config: Config<Credentials>, http: Http): Platform {
  const clients = clientsOf(config, http);
  const { extensions } = clients;
  const facts = factsOf(clients);
  const confined = confinedOf(clients.config);
  const apis = apisOf(clients.config);
  const codecsOf = (kind: Kind, inputs: Bag): AnyCodecs => {
    const api = kind === "Application" && isConnect(inputs["kind"]) ? connectApi(clients.config) : apis[kind];
    return codecsFor(api.codecs, extensions) as AnyCodecs;
  };
  return {
    name: extensions ? "the rehearsal" : title,
    stores: storesOf(apis, clients),
    refusals(kind, inputs, olds): readonly Failure[] {
      const missing = lacking({ title, access, capabilities }, config, kind, inputs);
      if (missing.length > 0) return missing;
      const strayed = keyRefusals(clients.config, inputs);
      if (strayed.length > 0) return strayed;
      // which API an application is on is not known until `up`; of a key that was made by hand nothing is sent
      const isLeft = isUnknown(inputs["kind"]) || isUnknown(inputs["external"]) || inputs["external"] === true;
      return isLeft ? [] : refused(codecsOf(kind, inputs), inputs, olds);
    },
    warnings: warningsFor(clients.config),
    eventTypes,
    account: () => accountOf(clients),
    ...(confined && { confined }),
    ...(facts && { facts }),
  };
}
