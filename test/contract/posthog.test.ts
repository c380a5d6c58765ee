// PostHog's stores over real HTTP against its rehearsal, with a personal key.
import type { Kind } from "@golive/provider";
import { createRehearsal, type Fault } from "@golive/rehearsal";
import { adapter } from "../platforms/posthog/rig";
import { request } from "../rehearsal/posthog/rig";
import { contract, type Open, type Subject } from "./suite";

const patience = 0.25;
/** The request that makes an object of each kind. */
const creates: { readonly [K in Kind]?: Pick<Fault, "method" | "path"> } = {
  Environment: { method: "POST", path: "/api/organizations/*/projects/" },
  ApiKey: { method: "POST", path: "*/project_secret_api_keys/" },
  FeatureFlagRule: { method: "POST", path: "*/feature_flags/" },
  WebhookEndpoint: { method: "POST", path: "*/hog_functions/" },
};

async function open(): Promise<Open> {
  const rehearsal = await createRehearsal({ posthog: { projects: null, rateLimits: false } });
  const { posthog } = rehearsal;
  const [first] = posthog.projects;
  const { organization, key } = posthog;
  // one that somebody uses is nobody's to claim
  await request(rehearsal.url, posthog.session, "PATCH", `/api/projects/${first!.id}/`, { name: "Contract" });
  const stranger = posthog.addOrganization({ name: "Another", founder: "none" });
  let flags = 0;
  return {
    platform: adapter(rehearsal, { apiKey: key }),
    foreign: adapter(rehearsal, { apiKey: stranger.key }),
    hasty: adapter(rehearsal, { apiKey: key }, patience),
    around: {
      project: organization.id,
      otherProject: stranger.organization.id,
      environment: String(first!.id),
      // a rule makes the flag in its environment: of each flag there is one
      get flag() {
        return `${organization.id}/contract-${++flags}`;
      },
      people: [],
    },
    strike(kind, how) {
      const making = creates[kind];
      // what sends nothing must not strike somebody else
      if (making)
        rehearsal.faults.add({
          ...making,
          times: 1,
          ...(how === "lost" ? { drop: "after" } : { latencyMs: patience * 3_000 }),
        });
    },
    close: () => rehearsal.close(),
  };
}

const claimed = "an organization is claimed, and no API makes one";
const inState = "the definition is in state alone: nothing is asked, and nothing found";
const posthog: Subject = {
  name: "PostHog with a personal key",
  page: 201,
  // a project holds fifty keys, and the list of projects goes page by page as that of destinations does
  pages: { ApiKey: 20, Environment: 40 },
  without: { Application: "share the public token of their project" },
  also: { ApiKey: { scopes: ["feature_flag:read"] } },
  refuses: {
    ApiKey: { expiresAt: /keys of PostHog do not end/ },
    FeatureFlag: { owner: /have no owner/, defaultValue: /answers false where no rule decides/ },
    FeatureFlagRule: { organizations: /not by lists of ids/, users: /not by lists of ids/ },
  },
  keeps: { ApiKey: { scopes: /at least one scope/ } },
  lacks: {
    Project: {
      "create and read: what was declared comes back": claimed,
      "find: by the natural key, and nothing by another": claimed,
      "update name": claimed,
      "list: past a page, and each once": claimed,
      "delete: gone is gone, and deleting it again succeeds": claimed,
      "another account sees nothing of it, and changes nothing": claimed,
      "create, and the answer is lost: it is found, once": claimed,
      "create, and the answer is slow: it is found, once": claimed,
    },
    Environment: { "update project": "no key moves a project to another organization" },
    FeatureFlag: {
      "find: by the natural key, and nothing by another": inState,
      "list: past a page, and each once": inState,
      "delete: gone is gone, and deleting it again succeeds": inState,
      "another account sees nothing of it, and changes nothing": inState,
      "create, and the answer is lost: it is found, once": inState,
      "create, and the answer is slow: it is found, once": inState,
    },
    FeatureFlagRule: {
      "update secretPayload": "it is read and written with a definition that says so",
    },
    WebhookEndpoint: { "update headers": "they are a secret, which nobody reads back" },
  },
  open,
};
contract(posthog);
