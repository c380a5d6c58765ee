// `pulumi up --replace` on the real engine: of every kind a new object, a new secret, nothing left behind, with the journal
// of the computer that made it and without.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const program = `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Shop" });
new golive.Project("other", { name: "Other" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", { project, slug: "beta", name: "Beta" });
new golive.Application("application", { environment, name: "web", credentials: {} });
new golive.ApiKey("key", { environment, name: "backend" });
new golive.FeatureFlagRule("rule", { flag, environment, enabled: true, access: "all" });
new golive.WebhookEndpoint("webhook", { environment, url: "https://qa.example.com/hook", events: ["user.created"] });
const live = new golive.Environment("live", { project, name: "EU", type: "production" });
const claimed = new golive.Environment("claimed", { project, name: "Staging", type: "staging" });
new golive.Application("builtin", { environment: claimed, name: "login", isDefault: true, homepageUrl: "https://qa.example.com" });
`;
const secrets: Readonly<Record<string, string>> = {
  application: "clientSecret",
  key: "value",
  webhook: "signingSecret",
};
type Known = Readonly<Record<string, { urn: string; id: string; secret: unknown }>>;
const words = (text: string) => text.replaceAll(/\s+/g, " ");

/** Each runs the engine several times. */
describe("a forced replacement", { timeout: 240_000 }, () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  let empty: string;

  const known = async (): Promise<Known> => {
    const { resources } = await stack.export({ showSecrets: true });
    return Object.fromEntries(
      resources.flatMap(({ urn, id, outputs = {} }) => {
        const name = urn.split("::").at(-1)!;
        const { plaintext: secret } = (outputs[secrets[name] ?? ""] ?? {}) as { plaintext?: string };
        return id === undefined ? [] : [[name, { urn, id, secret }]];
      }),
    );
  };
  /** What somebody made in the project, asked of the rehearsal itself. */
  const live = async (): Promise<Record<string, string[]>> => {
    const { query } = dashboard(rehearsal);
    const shop = rehearsal.projects.find(({ name }) => name === "Shop")!;
    const qa = shop.environments.find(({ name }) => name === "QA")!.id;
    const inside = await query(
      `{ a: userlandApplications(environmentId: "${qa}", limit: 100) { data { id isDefault } } w: webhookEndpoints(environmentId: "${qa}", limit: 100) { data { id } } k: keys(environmentId: "${qa}") { data { id name expiredAt } } f: flagsForProject(projectId: "${shop.id}", limit: 100) { data { id } } }`,
    );
    type Row = { id: string; isDefault?: boolean; name?: string; expiredAt?: string | null };
    const rows = (list: string) => (inside[list] as { data: Row[] }).data;
    return {
      project: rehearsal.projects.map(({ id }) => id),
      environment: shop.environments
        .filter(({ name }) => !["Staging", "Production"].includes(name))
        .map(({ id }) => id),
      application: rows("a").flatMap(({ id, isDefault }) => (isDefault ? [] : [id])),
      key: rows("k").flatMap(({ id, name, expiredAt }) => (name!.startsWith("Default") || expiredAt ? [] : [id])),
      flag: rows("f").map(({ id }) => id),
      webhook: rows("w").map(({ id }) => id),
    };
  };
  const replace = async (names: readonly string[], where: string, expectFailure = false) => {
    const before = await known();
    const args = names.flatMap((name) => ["--replace", before[name]!.urn]);
    const result = await stack.up({
      args,
      expectFailure,
      env: where === "another computer" ? { GOLIVE_JOURNAL: empty } : {},
    });
    return { before, after: await known(), result };
  };

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    await dashboard(rehearsal).query("mutation { setUpBilling { __typename } }");
    stack = await createStack({ program, env: rehearsalEnv(rehearsal) });
    empty = path.join(stack.backend.folder, "no-journal");
    mkdirSync(empty);
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  const leaves = ["application", "key", "rule", "webhook"];
  it.each([
    { what: "what nothing hangs on", where: "this computer", names: [...leaves, "other"] },
    { what: "what nothing hangs on", where: "another computer", names: [...leaves, "other"] },
    { what: "what others hang on, and those with it", where: "another computer", names: ["environment", "flag"] },
    { what: "what others hang on, and those with it", where: "this computer", names: ["environment", "flag"] },
  ])("makes anew $what, from $where", async ({ names, where }) => {
    const { before, after } = await replace(names, where);
    const replaced = new Set([...names, ...(names.includes("environment") ? leaves : [])]);
    for (const name of Object.keys(before)) {
      const { id, secret } = before[name]!;
      // a rule is called by its flag and environment
      const isNew = replaced.has(name) && !(name === "rule" && !replaced.has("environment"));
      expect({ name, isNew: after[name]!.id !== id }).toEqual({ name, isNew });
      if (secrets[name]) expect([name, typeof secret, after[name]!.secret === secret]).toEqual([name, "string", false]);
    }
    const there = await live();
    for (const name of ["application", "key", "flag", "webhook"]) expect(there[name]).toEqual([after[name]!.id]);
    expect(there["environment"]!.toSorted()).toEqual([after["environment"]!.id, after["live"]!.id].toSorted());
    expect(there["project"]).toEqual(expect.arrayContaining([after["project"]!.id, after["other"]!.id]));
    expect(there["project"]).toHaveLength(3);
    expect((await stack.up()).summary).toMatchObject({ create: 0, update: 0, replace: 0, delete: 0 });
  });

  it.each(["this computer", "another computer"])(
    "resets and claims again what came with the project, from %s",
    async (where) => {
      const { before, after, result } = await replace(["claimed", "builtin"], where);
      for (const name of ["claimed", "builtin"]) expect(after[name]!.id).toBe(before[name]!.id);
      expect(words(result.stdout)).toMatch(/came with project "Shop" and stays there/);
      expect(words(result.stdout)).toContain("its URIs were reset, and it stays");
      const { resources } = await stack.export();
      expect(resources.find(({ urn }) => urn.endsWith("::builtin"))!.outputs).toMatchObject({
        name: "login",
        homepageUrl: "https://qa.example.com",
      });
      expect((await stack.up({ args: ["--refresh"] })).summary).toMatchObject({ create: 0, update: 0, delete: 0 });
    },
  );

  it.each(["this computer", "another computer"])("is refused of a protected environment, from %s", async (where) => {
    const { before, after, result } = await replace(["live"], where, true);
    expect(words(result.stdout)).toContain("currently marked for protection");
    expect(after["live"]!.id).toBe(before["live"]!.id);
    await stack.cli(["state", "unprotect", before["live"]!.urn, "--yes"]);
    const behind = await replace(["live"], where, true);
    expect(words(behind.result.stdout)).toMatch(/protection|deletionProtection is on/);
    expect((await live())["environment"]).toContain(before["live"]!.id);
    await stack.up();
  });

  it("is refused of a project with environments in it, which are named", async () => {
    const { before, after, result } = await replace(["project"], "another computer", true);
    expect(words(result.stdout)).toContain("QA");
    expect(after["environment"]!.id).toBe(before["environment"]!.id);
    expect((await live())["environment"]).toContain(before["environment"]!.id);
  });
});
