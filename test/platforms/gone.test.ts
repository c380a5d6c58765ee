// Answers that mislead, each for every kind: none of them is the platform's word that an object is gone.
import type { Kind } from "@golive/provider";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lie, type Relay, relayTo } from "./relay";
import { adapter, object, storeOf, tokenOf } from "./rig";

type Bag = Record<string, unknown>;
let rehearsal: Rehearsal;
let relay: Relay;
let other: string;
beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict" });
  relay = await relayTo(rehearsal);
  other = (await object(adapter(rehearsal, tokenOf(rehearsal)), "Project", { name: "Another" }).create()).id;
});
afterAll(() => rehearsal.close());
beforeEach(() => {
  relay.lie = undefined;
});

let count = 0;
/** An object of each kind, made without any lie. */
async function made(kind: Kind): Promise<{ id: string; held: Bag }> {
  const truth = adapter(rehearsal, tokenOf(rehearsal));
  count += 1;
  const project = await object(truth, "Project", { name: `Gone ${count}` }).create();
  const held = (live: { id: string; state: object }, more: Bag = {}) => ({
    id: live.id,
    held: { ...more, ...live.state },
  });
  if (kind === "Project") return held(project);
  const environment = project.state.stagingEnvironmentId!;
  const of: Record<Exclude<Kind, "Project" | "FeatureFlagRule">, Bag> = {
    Environment: { project: project.id, name: "QA", type: "staging" },
    Application: { environment, name: "web" },
    ApiKey: { environment, name: "ci" },
    FeatureFlag: { project: project.id, slug: "beta", name: "Beta" },
    WebhookEndpoint: { environment, url: "https://a.example.com/hook", events: ["user.created"] },
  };
  if (kind !== "FeatureFlagRule") return held(await object(truth, kind, of[kind]).create(), of[kind]);
  const flag = await object(truth, "FeatureFlag", of.FeatureFlag).create();
  return held((await object(truth, kind, { flag: flag.id, environment }).claim())!);
}

type Data = Record<string, unknown>;
/** Changes the data of an answer. */
const told =
  (change: (data: Data, operation: string) => Data): Lie =>
  ({ operation }, { status, body }) => {
    const { data, ...rest } = (body ?? {}) as { data?: Data };
    return data ? { status, body: { ...rest, data: change(data, operation) } } : undefined;
  };
interface Wire {
  readonly id: string;
  readonly environments: readonly { readonly id: string }[];
}
const projects = (change: (all: readonly Wire[]) => readonly Wire[]): Lie =>
  told((data) => {
    const { currentTeam } = data as { currentTeam?: { projectsV2?: Wire[] } };
    return currentTeam?.projectsV2
      ? { ...data, currentTeam: { ...currentTeam, projectsV2: change(currentTeam.projectsV2) } }
      : data;
  });
const emptied = (value: unknown): unknown =>
  value !== null && typeof value === "object" && "data" in value ? { ...value, data: [] } : value;
const everyField = (change: (value: unknown) => unknown): Lie =>
  told((data, operation) =>
    operation === "currentTeam"
      ? data
      : Object.fromEntries(Object.entries(data).map(([name, value]) => [name, change(value)])),
  );

const lies: Readonly<Record<string, Lie>> = {
  "an account without projects": projects(() => []),
  "an account with other projects only": projects((all) => all.filter(({ id }) => id === other)),
  "projects without environments": projects((all) => all.map((one) => ({ ...one, environments: [] }))),
  "every list but the account's is empty": everyField(emptied),
  "null, as without the header": everyField((value) => (value && typeof value === "object" ? null : value)),
  "nothing anywhere": told((data, operation) =>
    operation === "currentTeam"
      ? { currentTeam: { ...(data["currentTeam"] as Data), projectsV2: [] } }
      : Object.fromEntries(Object.keys(data).map((name) => [name, null])),
  ),
  "fields left out": told((data, operation) => (operation === "currentTeam" ? data : {})),
  "flags without rules": everyField((value) =>
    value !== null && typeof value === "object" && "flagEnvironments" in value
      ? { ...value, flagEnvironments: [] }
      : value,
  ),
  "404, a page of a proxy": () => ({
    status: 404,
    body: "<html>Not Found</html>",
    headers: { "content-type": "text/html" },
  }),
  "404 with a code": () => ({ status: 404, body: { message: "Not Found", code: "entity_not_found" } }),
  "403 in a body": ({ operation }, { status }) =>
    operation === "currentTeam"
      ? undefined
      : { status, body: { data: null, errors: [{ message: "No.", extensions: { code: "FORBIDDEN" } }] } },
  "INTERNAL in a body": ({ operation }, { status }) =>
    operation === "currentTeam"
      ? undefined
      : { status, body: { data: null, errors: [{ message: "Oops.", extensions: { code: "INTERNAL_SERVER_ERROR" } }] } },
  "NOT_FOUND beside an error that is not known": ({ operation, query }, { status }) => {
    if (operation === "currentTeam" || query.startsWith("mutation")) return undefined;
    const errors = ["NOT_FOUND", "SHARD_DOWN"].map((code) => ({ message: code, path: ["o0"], extensions: { code } }));
    return { status, body: { data: { o0: null }, errors } };
  },
};
const kinds: Kind[] = [
  "Project",
  "Environment",
  "Application",
  "ApiKey",
  "FeatureFlag",
  "FeatureFlagRule",
  "WebhookEndpoint",
];

describe.each(Object.keys(lies))("%s", (name) => {
  test.each(kinds)("is no word that a %s is gone", async (kind) => {
    const { id, held } = await made(kind);
    // one that has just been started, and one that knows the account
    const cold = adapter(relay, tokenOf(rehearsal));
    const warm = adapter(relay, tokenOf(rehearsal));
    await warm.account();
    for (const platform of [cold, warm]) {
      relay.lie = lies[name];
      const read = await storeOf(platform, kind)
        .read(id, held as never)
        .then(
          (live) => live?.id ?? "gone",
          (error: Error) => error,
        );
      expect(read === id || read instanceof Error, String(read)).toBe(true);
      // what cannot be told is not deleted silently
      const refused = await storeOf(platform, kind)
        .delete(id, held as never)
        .then(
          () => false,
          () => true,
        );
      relay.lie = undefined;
      const after = await storeOf(adapter(rehearsal, tokenOf(rehearsal)), kind).read(id, held as never);
      const isOff = kind === "FeatureFlagRule" && (after?.state as Bag | undefined)?.["enabled"] === false;
      expect(refused || after === undefined || isOff, "deleted, or an error").toBe(true);
      if (!after) return;
    }
  });
});

describe("what is proof", () => {
  test.each(kinds)("a %s whose project was deleted elsewhere", async (kind) => {
    const { id, held } = await made(kind);
    const warm = adapter(rehearsal, tokenOf(rehearsal));
    expect((await storeOf(warm, kind).read(id, held as never))?.id).toBe(id);
    const [project] = (await storeOf(warm, "Project").list!({})).filter(({ state }) => state.name === `Gone ${count}`);
    const elsewhere = adapter(rehearsal, tokenOf(rehearsal));
    if (kind === "Environment") await storeOf(elsewhere, kind).delete(id, held as never);
    await storeOf(elsewhere, "Project").delete(project!.id, project!.state as never);
    const read = storeOf(warm, kind).read(id, held as never);
    // nothing is left to ask of a flag's project
    if (kind === "FeatureFlag") await expect(read).rejects.toThrow(/no project/);
    else expect(await read).toBeUndefined();
  });

  test("a project whose environments are another's now is not taken for gone", async () => {
    const { id, held } = await made("Project");
    const elsewhere = [{ id: other, name: "Another", environments: [] }];
    relay.lie = told((data, operation) =>
      operation === "currentTeam"
        ? { currentTeam: { ...(data["currentTeam"] as Data), projectsV2: elsewhere } }
        : { o0: { ...(data["o0"] as Data), projectV2: elsewhere[0] } },
    );
    const read = storeOf(adapter(relay, tokenOf(rehearsal)), "Project").read(id, held as never);
    await expect(read).rejects.toThrow(/no proof that it is gone/);
  });

  test("a list that lags behind hides no environment", async () => {
    const platform = adapter(relay, tokenOf(rehearsal));
    const { id, held } = await made("Environment");
    relay.lie = projects((all) =>
      all.map((one) => ({ ...one, environments: one.environments.filter((e) => e.id !== id) })),
    );
    expect((await storeOf(platform, "Environment").read(id, held as never))?.state).toMatchObject({ name: "QA" });
    const url = "https://lag.example.com/hook";
    const hook = object(platform, "WebhookEndpoint", { environment: id, url, events: ["user.created"] });
    expect((await hook.create()).state).toMatchObject({ environment: id, url });
  });
});
