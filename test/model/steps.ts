import type { Bag } from "@golive/provider/define";
import type { Fault } from "@golive/rehearsal";
import fc from "fast-check";
import { candidates, type Step } from "./world";

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const compact = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Bag> =>
  fc.record(record).map((bag) => Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined)));

const uris = one(
  [{ uri: "https://a.example.com/callback" }],
  [{ uri: "https://a.example.com/callback", default: true }, { uri: "http://localhost:3000/callback" }],
  [{ uri: "https://*.a.example.com/callback" }, { uri: "https://b.example.com", default: true }],
);
/** Inputs beyond the natural key, by kind. */
const inputs: Readonly<Record<string, fc.Arbitrary<Bag>>> = {
  Application: compact({
    redirectUris: maybe(uris),
    corsOrigins: maybe(one([], ["https://b.example.com", "https://a.example.com"])),
    homepageUrl: maybe(one("https://a.example.com", "https://b.example.com")),
    sessions: maybe(one({ maxAge: 60 }, { maxAge: 120, inactivity: 30 })),
    kind: one("web", "web", "native"),
    credentials: maybe(fc.constant({})),
  }),
  FeatureFlag: compact({
    name: one("One", "Two"),
    description: maybe(one("Why", "Why not")),
    tags: maybe(one([], ["b", "a"], ["c"])),
    defaultValue: maybe(fc.boolean()),
  }),
  FeatureFlagRule: compact({
    enabled: maybe(fc.boolean()),
    access: one("none", "all", "some"),
    ownedBy: maybe(one({ enabled: "people" })),
  }),
  WebhookEndpoint: compact({
    events: one(["user.created"], ["user.updated", "user.created"]),
    enabled: maybe(fc.boolean()),
    description: maybe(one("First", "Second")),
  }),
  ApiKey: compact({ kind: one("secret", "secret", "publishable"), expiresAt: fc.constant(undefined) }),
};
const declare: fc.Arbitrary<Step> = one(...Object.keys(candidates)).chain((name) =>
  inputs[candidates[name]!]!.map((bag) => ({ do: "declare" as const, name, inputs: bag })),
);
const named = one(...Object.keys(candidates));
const fault: fc.Arbitrary<Fault> = fc
  .record({
    operation: maybe(
      one(
        "createUserlandApplication",
        "createFlag",
        "createWebhookEndpoint",
        "mintKey",
        "mintKey",
        "rotateUserlandApplicationSecret",
        "setUserlandApplicationRedirectUris",
        "updateFlagEnvironment",
        "createEnvironment",
        "createProjectWithNewEnvironments",
        "flag",
        "userlandApplications",
      ),
    ),
    times: one(1, 1, 2, 3),
    how: one<Fault>(
      { status: 500 },
      { status: 503 },
      { status: 429, retryAfter: 0 },
      { status: 401 },
      { status: 403 },
      { status: 404 },
      { status: 422 },
      { drop: "before" },
      { drop: "after" },
      // a server that is slow: at once, while golive looks, and after that
      { drop: "late", requests: 1 },
      { drop: "late", requests: 4 },
      { drop: "late", requests: 30 },
    ),
  })
  .map(({ how, operation, times }) => ({ ...how, times, ...(operation && { operation }) }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: declare },
  { weight: 1, arbitrary: named.map((name) => ({ do: "drop" as const, name })) },
  { weight: 4, arbitrary: fc.constant<Step>({ do: "up" }) },
  // of what holds no secret: what does is refused, since another stack may hold that
  { weight: 1, arbitrary: one("hook1", "hook2", "flag2").map((name) => ({ do: "rename" as const, name })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "refresh" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      at: fc.integer({ min: 1, max: 6 }),
      when: one("before" as const, "after" as const),
    }),
  },
  { weight: 3, arbitrary: fault.map((f) => ({ do: "fault" as const, fault: f })) },
  { weight: 1, arbitrary: one("app1", "app2", "key1", "key2").map((name) => ({ do: "raise" as const, name })) },
  // one that others hang on is replaced with them, which the stand-in for the engine does not play
  {
    weight: 1,
    arbitrary: named.map((name) => ({ do: "replace" as const, name: name === "flag1" ? "flag2" : name })),
  },
  { weight: 1, arbitrary: named.map((name) => ({ do: "edit" as const, name })) },
  { weight: 1, arbitrary: named.map((name) => ({ do: "delete" as const, name })) },
);

/** A history of a stack: edits, deploys, faults, crashes and people at the dashboard. */
export const history: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 3, maxLength: 16 });
