import type { Kind } from "@golive/provider";
import type { Platform } from "@golive/provider/platforms/platform";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adapter, object, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let platform: Platform;
let project: string;
let environment: string;
let flag: string;

beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict" });
  platform = adapter(rehearsal, tokenOf(rehearsal));
  const made = await object(platform, "Project", { name: "Life" }).create();
  project = made.id;
  environment = made.state.stagingEnvironmentId!;
  flag = (await object(platform, "FeatureFlag", { project, slug: "base", name: "Base" }).create()).id;
});
afterAll(() => rehearsal.close());

type Bag = Record<string, unknown>;
interface Life {
  readonly kind: Kind;
  /** Where it lives. */
  readonly at: () => Bag;
  readonly first: Bag;
  readonly change: Bag;
  /** What the platform tells besides the inputs. */
  readonly outputs: (id: string) => Bag;
}
const lives: Life[] = [
  {
    kind: "Project",
    at: () => ({}),
    first: { name: "Shop" },
    change: { name: "Shop 2" },
    outputs: (id) => ({
      projectId: id,
      stagingEnvironmentId: expect.stringMatching(/^environment_/),
      productionEnvironmentId: expect.stringMatching(/^environment_/),
    }),
  },
  {
    kind: "Environment",
    at: () => ({ project }),
    first: { name: "QA", type: "staging" },
    change: { name: "QA 2" },
    outputs: (id) => ({ environmentId: id, clientId: expect.stringMatching(/^client_/) }),
  },
  {
    kind: "Application",
    at: () => ({ environment }),
    first: {
      name: "web",
      redirectUris: [{ uri: "https://a.example.com/cb", default: true }],
      logoutUris: ["https://a.example.com/bye", "https://b.example.com/bye"],
      corsOrigins: ["https://a.example.com"],
      homepageUrl: "https://a.example.com/",
      sessions: { maxAge: 3600, accessTokenTtl: 300 },
    },
    change: { name: "web 2", corsOrigins: [], sessions: { maxAge: 7200 }, logoutUris: ["https://b.example.com/bye"] },
    outputs: (id) => ({ applicationId: id, clientId: expect.stringMatching(/^client_/), isDefault: false }),
  },
  {
    kind: "ApiKey",
    at: () => ({ environment }),
    first: { name: "backend", kind: "publishable", expiresAt: "2099-01-01T02:00:00+02:00" },
    change: { name: "backend 2", expiresAt: "2098-01-01T00:00:00Z" },
    outputs: (id) => ({
      keyId: id,
      value: expect.stringMatching(/^pk_/),
      secretHeld: true,
      last4: expect.stringMatching(/^.{4}$/),
    }),
  },
  {
    kind: "FeatureFlag",
    at: () => ({ project }),
    first: { slug: "beta", name: "Beta", description: "A try", tags: ["a", "b"], defaultValue: true },
    change: { name: "Beta 2", defaultValue: false },
    outputs: (id) => ({ flagId: id }),
  },
  {
    kind: "FeatureFlagRule",
    at: () => ({ flag, environment }),
    first: { enabled: true, access: "some", organizations: ["org_01HZX3QK5S0000000000000000"] },
    change: { access: "all", organizations: [] },
    outputs: () => ({ ruleId: expect.stringMatching(/./), users: [] }),
  },
  {
    kind: "WebhookEndpoint",
    at: () => ({ environment }),
    first: { url: "https://a.example.com/hook", events: ["user.created"], enabled: false, description: "For users" },
    change: { url: "https://a.example.com/hooks", enabled: true, description: "For all" },
    outputs: (id) => ({ endpointId: id, signingSecret: expect.stringMatching(/./), secretHeld: true }),
  },
];

describe("a whole life", () => {
  test.each(lives)("$kind", async ({ kind, at, first, change, outputs }) => {
    const inputs = { ...at(), ...first };
    const { store, create, find, claim, update } = object(platform, kind, inputs);
    // a rule comes with its flag: it is claimed, then written
    const made = kind === "FeatureFlagRule" ? await update((await claim())!.id, first) : await create();
    expect(made.state).toMatchObject({ ...inputs, ...outputs(made.id) });
    expect(await find()).toMatchObject({ id: made.id, state: inputs["expiresAt"] ? {} : inputs });
    expect(await store.read(made.id, inputs)).toMatchObject({ id: made.id, state: inputs });
    expect(await store.read(made.id, {}), "as imported").toMatchObject({ id: made.id, state: { ...at() } });
    const scoped = "environment" in inputs ? { environment } : kind === "Project" ? {} : { project };
    expect((await store.list!(scoped)).map(({ id }) => id)).toContain(made.id);
    expect((await store.list!({})).map(({ id }) => id)).toContain(made.id);

    const changed = await update(made.id, change, made.state);
    expect(changed).toMatchObject({ id: made.id, state: { ...inputs, ...change } });
    expect(await store.read(made.id, changed.state as never)).toMatchObject({ state: { ...inputs, ...change } });

    await store.delete(made.id, changed.state as never);
    const after = await store.read(made.id, changed.state as never);
    if (kind === "FeatureFlagRule")
      expect(after?.state).toMatchObject({ enabled: false, access: "none", organizations: [], users: [] });
    else expect(after).toBeUndefined();
    await store.delete(made.id, changed.state as never);
  });
});
