import type { Bag, Failure } from "../../define";
import { isUnknown } from "../../define";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { Config, Platform } from "../platform";
import { type AnyCodecs, refused } from "../wire/codec";
import { lacking } from "../wire/lacking";
import { access, type Credentials, keyFault } from "./access";
import { capabilities } from "./capabilities";
import { type ApiStore, type Clients, clientsOf } from "./clients";
import { factsOf } from "./facts";
import { featureFlags } from "./flags/definition";
import { featureFlagRules } from "./flags/rule";
import { apiKeys } from "./rest/api-key";
import { environments } from "./rest/environment";
import { projects } from "./rest/project";
import { webhookEndpoints } from "./rest/webhook-endpoint";
import { title } from "./title";
import { warnings } from "./warnings";

type Kinds = Exclude<Kind, "Application">;
const apis: { readonly [K in Kinds]: ApiStore<K> } = {
  Project: projects,
  Environment: environments,
  ApiKey: apiKeys,
  FeatureFlag: featureFlags,
  FeatureFlagRule: featureFlagRules,
  WebhookEndpoint: webhookEndpoints,
};
const storesOf = (clients: Clients): Platform["stores"] => ({
  Project: apis.Project.store(clients),
  Environment: apis.Environment.store(clients),
  ApiKey: apis.ApiKey.store(clients),
  FeatureFlag: apis.FeatureFlag.store(clients),
  FeatureFlagRule: apis.FeatureFlagRule.store(clients),
  WebhookEndpoint: apis.WebhookEndpoint.store(clients),
});

/** What of a kind the credentials or PostHog cannot do, before anything is asked. */
function refusalsOf(config: Config<Credentials>, kind: Kind, inputs: Bag, olds: Bag): readonly Failure[] {
  const missing = lacking({ title, access, capabilities }, config, kind, inputs);
  if (missing.length > 0 || kind === "Application") return missing;
  const key = config.credentials.apiKey;
  const wrong = key && keyFault(key.secret.reveal());
  if (wrong) return [{ property: "provider.apiKey", reason: `${wrong} (from ${key.origin})` }];
  const { environment } = inputs;
  if (typeof environment === "string" && !isUnknown(environment) && !/^\d+$/.test(environment))
    return [
      { property: "environment", reason: `"${environment}" is no id of a project of PostHog, which is a number` },
    ];
  return refused(apis[kind].codecs as AnyCodecs, inputs, olds);
}

/** PostHog, or its rehearsal. */
export function connect(config: Config<Credentials>, http: Http): Platform {
  const clients = clientsOf(config, http);
  return {
    name: config.rehearsal ? "the rehearsal" : title,
    stores: storesOf(clients),
    refusals(kind, inputs, olds = {}) {
      const failures = refusalsOf(config, kind, inputs, olds);
      if (failures.length === 0) clients.scopes.plan(kind, inputs, olds);
      if (failures.length === 0 && kind === "Environment" && Object.keys(olds).length === 0) clients.room.plan(inputs);
      return failures;
    },
    warnings,
    account: () => clients.organizations.account(),
    facts: factsOf(clients),
  };
}
