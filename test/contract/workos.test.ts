// WorkOS' stores over real HTTP against its rehearsal: with a token and all that a rehearsal offers, and with the key of one
// environment.
import type { Kind } from "@golive/provider";
import { Http } from "@golive/provider/http";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Fault } from "@golive/rehearsal";
import { adapter, configOf, object, tokenOf } from "../platforms/rig";
import { contract, type Open, type Subject } from "./suite";

const patience = 0.25;
/** The request that makes an object of each kind. */
const creates: Readonly<
  Record<"token" | "apiKey", { readonly [K in Kind]?: Pick<Fault, "operation" | "method" | "path"> }>
> = {
  token: {
    Project: { operation: "createProjectWithNewEnvironments" },
    Environment: { operation: "createEnvironment" },
    Application: { operation: "createUserlandApplication" },
    ApiKey: { operation: "mintKey" },
    FeatureFlag: { operation: "createFlag" },
    WebhookEndpoint: { operation: "createWebhookEndpoint" },
  },
  apiKey: {
    Application: { method: "POST", path: "/connect/applications" },
    WebhookEndpoint: { method: "POST", path: "/webhook_endpoints" },
  },
};

async function open(credential: "token" | "apiKey"): Promise<Open> {
  const rehearsal = await createRehearsal({ billing: true });
  const dashboard = adapter(rehearsal, tokenOf(rehearsal));
  const project = await object(dashboard, "Project", { name: "Contract" }).create();
  const other = await object(dashboard, "Project", { name: "Other" }).create();
  const environment = project.state.stagingEnvironmentId!;
  const key = async (inside: string) =>
    (await object(dashboard, "ApiKey", { environment: inside, name: "ci" }).create()).state.value!;
  const flag = await object(dashboard, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" }).create();
  const second = rehearsal.addAccount("Other account");
  const [own, foreign] =
    credential === "token"
      ? [tokenOf(rehearsal), tokenOf(second)]
      : [{ apiKey: await key(environment) }, { apiKey: await key(other.state.stagingEnvironmentId!) }];
  const config = configOf(own, "rehearsal", rehearsal.url);
  return {
    platform: adapter(rehearsal, own),
    foreign: adapter(rehearsal, foreign),
    hasty: workos.connect(config, new Http({ ...config, timeout: patience })),
    around: {
      project: project.id,
      otherProject: other.id,
      environment,
      flag: credential === "token" ? flag.id : "beta",
      people: [],
    },
    strike: (kind, how) =>
      rehearsal.faults.add({
        ...creates[credential][kind],
        times: 1,
        ...(how === "lost" ? { drop: "after" } : { latencyMs: patience * 4_000 }),
      }),
    close: () => rehearsal.close(),
  };
}

const byTarget = /rolls out by target, not by share/;
const once = /one definition of a flag for all of its environments/;
/** What another platform's flags, keys and endpoints have. */
const others: NonNullable<Subject["refuses"]> = {
  ApiKey: { scopes: /may do all in its environment/ },
  FeatureFlag: Object.fromEntries(
    "variants payload secretPayload remoteConfig runtime bucketing persistAcrossLogin contexts"
      .split(" ")
      .map((name) => [name, /a switch for targets and no more/]),
  ),
  FeatureFlagRule: {
    rolloutPercentage: byTarget,
    definition: once,
    secretPayload: once,
    conditions: byTarget,
    shares: /have no variants/,
    filters: byTarget,
  },
  WebhookEndpoint: {
    method: /posts what it posts/,
    headers: /posts what it posts/,
    body: /posts what it posts/,
    filters: /by the names of events alone/,
  },
};
const signIn = /belongs to applications that sign users in/;
const connectOnly = /belongs to `oauth` and `m2m` applications/;
/** There is one rule per flag and environment, from the beginning: it is claimed. */
const ruleLacks = {
  "delete: gone is gone, and deleting it again succeeds": "a rule goes with its flag: it is switched off",
  "create, and the answer is lost: it is found, once": "nobody creates one",
  "create, and the answer is slow: it is found, once": "nobody creates one",
};

const dashboard: Subject = {
  name: "WorkOS with a dashboard token",
  page: 101,
  without: {},
  refuses: {
    ...others,
    Application: { scopes: connectOnly, description: connectOnly },
  },
  keeps: { ApiKey: { expiresAt: /takes no end of a key back/ } },
  lacks: { FeatureFlag: { "clear owner": "a flag has an owner: whoever holds the token" }, FeatureFlagRule: ruleLacks },
  open: () => open("token"),
};
const keyed: Subject = {
  name: "WorkOS with the key of one environment",
  page: 101,
  without: {
    Project: "needs a dashboard token",
    Environment: "needs a dashboard token",
    ApiKey: "needs a dashboard token",
    FeatureFlag: "needs a dashboard token",
  },
  also: { Application: { kind: "oauth" } },
  refuses: {
    Application: {
      logoutUris: signIn,
      homepageUrl: signIn,
      initiateLoginUri: signIn,
      signUpUrl: signIn,
      passwordResetUrl: signIn,
      userInvitationUrl: signIn,
      sessions: signIn,
    },
    FeatureFlagRule: { ...others.FeatureFlagRule, access: /needs a dashboard token/ },
    WebhookEndpoint: { ...others.WebhookEndpoint, description: /keeps no description/ },
  },
  lacks: {
    FeatureFlagRule: {
      ...ruleLacks,
      "update organizations": "this API takes targets and tells none",
      "update users": "this API takes targets and tells none",
      "clear organizations": "this API takes targets and tells none",
      "clear users": "this API takes targets and tells none",
      "list: past a page, and each once": "this API lists flags and no rules",
    },
  },
  open: () => open("apiKey"),
};
contract(dashboard);
contract(keyed);
