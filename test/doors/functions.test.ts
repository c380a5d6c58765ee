// The functions behind both doors: over gRPC as the engine asks, and in the program's own process.
import { askDirectly } from "@golive/provider/doors/direct";
import { definitions, type FunctionName, functions } from "@golive/provider";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rehearsalEnv } from "../engine/rehearsal";
import { type Bag, type GolivePlugin, secret, startGolivePlugin, unknown, urnOf } from "./golive-plugin";

let rehearsal: Rehearsal;
let plugin: GolivePlugin;
const ids: Record<string, string> = {};

beforeAll(async () => {
  rehearsal = await createRehearsal();
  plugin = await startGolivePlugin({}, { env: rehearsalEnv(rehearsal) });
  const make = async (kind: string, called: string, inputs: Bag) => {
    const { id, properties } = await plugin.create(urnOf(kind, called), inputs);
    ids[called] = id;
    ids[`${called}.clientId`] = String(properties["clientId"]);
  };
  for (const name of ["Shop", "Blog"]) {
    await make("Project", name, { name, includeProduction: true });
    for (const environment of ["QA", "Load"]) {
      const inside = { project: ids[name], name: environment, type: "staging" };
      await make("Environment", `${name}/${environment}`, inside);
    }
    await make("FeatureFlag", `${name}/beta`, { project: ids[name], slug: "beta", name: "Beta" });
  }
  await make("FeatureFlag", "gamma", { project: ids["Shop"], slug: "gamma", name: "Gamma", tags: ["new"] });
  const host = { "Shop/QA": "qa.example.com", "Shop/Load": "load.example.com" };
  for (const [environment, at] of Object.entries(host)) {
    await make("Application", `${environment}/web`, {
      environment: ids[environment],
      name: "web",
      kind: "web",
      isDefault: false,
      redirectUris: [{ uri: `https://${at}/callback`, default: true }],
      ...(environment === "Shop/QA" && { logoutUris: [`https://${at}/bye`], homepageUrl: `https://${at}/home` }),
    });
    const hook = { environment: ids[environment], url: `https://${at}/hook`, events: ["user.created"] };
    await make("WebhookEndpoint", `${environment}/hook`, {
      ...hook,
      ...(environment === "Shop/QA" && { events: ["user.created", "user.deleted"] }),
    });
  }
  await make("Application", "jobs", { environment: ids["Shop/QA"], name: "jobs", kind: "web", isDefault: false });
});
afterAll(async () => {
  await plugin.stop();
  await rehearsal.close();
});

type Ask = (name: string, args: Bag) => Promise<Bag>;
/** Failures as the program's process says them, in one sentence. */
const overWire: Ask = async (name, args) => {
  const { outputs, failures } = await plugin.invoke(`golive:index:${name}`, args);
  if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
  return outputs;
};
const inProgram: Ask = async (name, args) => {
  const { url, token } = rehearsal;
  const settings: Record<string, string> = { explicit: "true", rehearsal: url, token };
  return (await askDirectly(name as FunctionName, (setting) => settings[setting], args)).outputs;
};

describe.each([
  ["over the wire", overWire],
  ["in the program", inProgram],
])("functions %s", (_, ask) => {
  it.each<[string, FunctionName, () => Bag, () => Bag]>([
    ["a project by its name", "getProject", () => ({ name: "Shop" }), () => ({ projectId: ids["Shop"], name: "Shop" })],
    ["a project by its id", "getProject", () => ({ id: ids["Blog"] }), () => ({ name: "Blog" })],
    [
      "an environment by its name and its project's",
      "getEnvironment",
      () => ({ project: "Shop", name: "QA" }),
      () => ({ environmentId: ids["Shop/QA"], type: "staging", project: ids["Shop"] }),
    ],
    [
      "an environment by its name and its project's id",
      "getEnvironment",
      () => ({ project: ids["Blog"], name: "Load" }),
      () => ({ environmentId: ids["Blog/Load"] }),
    ],
    [
      "an environment by its type, which one of the project has",
      "getEnvironment",
      () => ({ project: "Shop", type: "production" }),
      () => ({ type: "production" }),
    ],
    [
      "an application by its name",
      "getApplication",
      () => ({ environment: "Shop/Load", name: "web" }),
      () => ({
        applicationId: ids["Shop/Load/web"],
        redirectUris: [{ uri: "https://load.example.com/callback", default: true }],
      }),
    ],
    [
      "an application by its client id, in the whole account",
      "getApplication",
      () => ({ clientId: ids["jobs.clientId"] }),
      () => ({ name: "jobs", environment: ids["Shop/QA"] }),
    ],
    [
      "the default application of an environment",
      "getApplication",
      () => ({ environment: "Blog/QA", isDefault: true }),
      () => ({ isDefault: true, environment: ids["Blog/QA"] }),
    ],
    [
      "a flag by its slug, where only one is called so",
      "getFeatureFlag",
      () => ({ slug: "gamma" }),
      () => ({ flagId: ids["gamma"], tags: ["new"], project: ids["Shop"] }),
    ],
    [
      "the events of a family",
      "getWebhookEventTypes",
      () => ({ prefix: "user." }),
      () => ({ names: expect.arrayContaining(["user.created", "user.deleted"]) as unknown }),
    ],
  ])("finds %s", async (_what, name, args, expected) => {
    expect(await ask(name, args())).toMatchObject(expected());
  });

  it("says where two environments differ, and whether they are meant to, without a value", async () => {
    const { inParity, differences } = await ask("getParity", { staging: "Shop/QA", production: ids["Shop/Load"] });
    expect(inParity).toBe(false);
    const told = (differences as { path: string; verdict: string }[]).map(({ path, verdict }) => `${verdict} ${path}`);
    expect(told.toSorted()).toEqual([
      "accident applications.jobs",
      "accident applications.web.homepageUrl",
      "accident applications.web.logoutUris",
      "accident webhooks./hook.events",
      "design applications.web.redirectUris",
      "design webhooks./hook.url",
    ]);
    expect(JSON.stringify(differences)).not.toContain("example.com");
    expect(await ask("getParity", { staging: "Shop/QA", production: "Shop/QA" })).toEqual({
      inParity: true,
      differences: [],
    });
  });

  it.each<[string, FunctionName, Bag, RegExp]>([
    ["none", "getProject", { name: "Shap" }, /getProject: there is no Project with name "Shap".*mean name "Shop"\?$/],
    ["nothing like it", "getEnvironment", { name: "zzzzzzzzz" }, /no Environment with name "zzzzzzzzz".*Check how/],
    [
      "several",
      "getEnvironment",
      { name: "QA" },
      /2 objects of the kind Environment have name "QA": Shop\/QA \(environment_\w+\), Blog\/QA \(\S+\)\. Say where/,
    ],
    ["several flags", "getFeatureFlag", { slug: "beta" }, /2 objects of the kind FeatureFlag .*Shop\/beta/],
    ["a project that is none", "getEnvironment", { project: "Shap", name: "QA" }, /no such Project.*mean "Shop"/],
    [
      "an environment of two projects",
      "getParity",
      { staging: "QA", production: "Shop/QA" },
      /2 objects are called "QA"/,
    ],
    [
      "an id that is none",
      "getEnvironment",
      { id: "environment_01NONE" },
      /getEnvironment: there is no such Environment/,
    ],
    ["no such events", "getWebhookEventTypes", { prefix: "usr." }, /no event that golive knows begins with "usr\."/],
    ["nothing that says which", "getProject", {}, /id is required where nothing of `name` is given/],
    ["two ways to say which", "getProject", { id: "project_1", name: "Shop" }, /name stands beside `id`/],
    [
      "an argument that is none",
      "getProject",
      { nmae: "Shop" },
      /nmae getProject has no input "nmae"; did you mean "name"/,
    ],
    ["an argument of another type", "getEnvironment", { type: "prod" }, /type Invalid option/],
    ["an argument that is missing", "getParity", { staging: "Shop/QA" }, /production is required/],
  ])("refuses %s", async (_what, name, args, expected) => {
    await expect(ask(name, args)).rejects.toThrow(expected);
  });

  it("asks nothing while an argument is not known, and says that nothing of the answer is", async () => {
    const before = rehearsal.requestCount();
    const told = await ask("getEnvironment", { project: unknown, name: "QA" });
    expect(told).toEqual(
      Object.fromEntries(Object.keys(functions.getEnvironment.outputs).map((name) => [name, unknown])),
    );
    await expect(ask("getEnvironment", { project: unknown, tpye: "staging" })).rejects.toThrow(/did you mean "type"/);
    expect(rehearsal.requestCount()).toBe(before);
  });
});

describe("over the wire alone", () => {
  it("what is found by a secret is secret", async () => {
    const { outputs } = await plugin.invoke("golive:index:getProject", { name: secret("Shop") });
    expect(outputs).toMatchObject({ projectId: secret(ids["Shop"]), name: secret("Shop") });
  });

  it.each([
    [
      "golive:index:getProjekt",
      /golive has no function golive:index:getProjekt\. Did you mean golive:index:getProject\?/,
    ],
    ["golive:index:everything", /It has golive:index:getProject, .*golive:index:getParity\./],
  ])("%s is a sentence, and the plugin stays up", async (token, expected) => {
    await expect(plugin.invoke(token, {})).rejects.toThrow(expected);
    expect((await plugin.invoke("golive:index:getProject", { name: "Shop" })).outputs["projectId"]).toBe(ids["Shop"]);
  });

  it("without credentials it says which", async () => {
    const { GOLIVE_TOKEN: _, ...env } = rehearsalEnv(rehearsal);
    const bare = await startGolivePlugin({}, { env });
    await expect(bare.invoke("golive:index:getProject", { name: "Shop" })).rejects.toThrow(/GOLIVE_TOKEN/);
    await bare.stop();
  });
});

describe("what a function tells of a resource", () => {
  it.each(Object.values(functions).flatMap((one) => ("about" in one ? [[one.type, one] as const] : [])))(
    "%s: no secret, and nothing of golive's own",
    (_, { about, outputs }) => {
      const { inputs, outputs: set } = definitions[about!];
      const fields: Record<string, { secret?: true; local?: true; rotates?: true }> = { ...inputs, ...set };
      const wrong = Object.keys(outputs).filter((name) => {
        const { secret: isSecret, local, rotates } = fields[name]!;
        return isSecret || local || rotates;
      });
      expect(wrong).toEqual([]);
    },
  );
});
