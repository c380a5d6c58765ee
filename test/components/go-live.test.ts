// The go-live checklist on the real engine, over examples/go-live: from an empty account to a live production with four
// commands, and with one rule broken per item, each stopped with its own message before anything is changed.
import { checklist as items } from "@golive/provider/platforms/workos/checklist";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { golive } from "../cli/terminal";
import { createStack, type Stack, type Step } from "../engine/harness";
import { type Account, beforeProduction, configure, type Config, exampleConfig, openAccount, program } from "./account";

const nothing = { create: 0, update: 0, delete: 0, replace: 0 };

describe("an empty account", () => {
  let account: Account;
  beforeAll(async () => void (account = await openAccount()));
  afterAll(() => account.close());

  test("is live in production after four commands", async () => {
    const shared = await account.shared();
    const staging = await account.stack("staging");
    const production = await account.stack("production");
    configure(production, {});
    const env = { ...account.backend.env, ...account.env };

    await shared.up();
    await staging.up();
    const map = ["--map", "staging.example.com=example.com"];
    const cloned = await golive(["clone", "staging", "production", "--yes", ...map], { cwd: production.folder, env });
    const { stdout, summary } = await production.up();

    expect(cloned).toMatchObject({ code: 0, stderr: "" });
    expect(summary).toMatchObject({ create: 11 });
    // nobody has said that customers' organizations are there, nor where staging is: told, and without `enforce` not in the way
    expect(stdout).toContain("go-live checklist of Production: 2 open");
    expect(stdout).toContain("confirm [organizations]");
    expect(stdout).toContain("confirm [webhooks]");
    expect(stdout).not.toContain("FAILED");
    const { clientIds, apiKeys } = (await production.outputs()) as Record<string, Record<string, string>>;
    expect(clientIds!["web"]).toMatch(/^client_/);
    expect(apiKeys!["backend"]).toMatch(/^sk_/);
    const { environments } = (await projectsOf(account)).find(({ name }) => name === "Shop")!;
    expect(environments.map(({ name }) => name).toSorted()).toEqual(["Production", "Staging"]);
  }, 180_000);
});

/** What is made, but for components: a deploy that was stopped may have left them in state. */
const objects = (steps: readonly Step[]) => steps.filter(({ op, type }) => op === "create" && /dynamic/.test(type));

interface Project {
  name: string;
  environments: readonly { name: string }[];
}
async function projectsOf({ rehearsal }: Account): Promise<readonly Project[]> {
  const response = await fetch(`${rehearsal.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${rehearsal.token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: "{ currentTeam { projectsV2 { name environments { name } } } }" }),
  });
  const { data } = (await response.json()) as { data: { currentTeam: { projectsV2: readonly Project[] } } };
  return data.currentTeam.projectsV2;
}

/** The same environment with its checklist beside it. */
const beside = program.replace(", { goLive: {} });", ');\nnew golive.GoLive("go-live", { stage });');

/** Production's config with one part changed. */
type Change = (config: Config) => Config;
const set =
  (key: string, value: unknown): Change =>
  (config) => ({ ...config, [key]: value });
const change =
  (section: string, entry: string, value: unknown): Change =>
  (config) => {
    const { [entry]: _, ...others } = config[section] as Config;
    return { ...config, [section]: value === undefined ? others : { ...others, [entry]: value } };
  };
const hook = { url: "https://hooks.example.com/users", events: ["user.created"] };

interface Broken {
  readonly what: string;
  readonly change?: Change;
  readonly program?: string;
  /** The line that says it. */
  readonly expected: string;
}
const broken: Readonly<Record<string, readonly Broken[]>> = {
  "api-key": [
    { what: "no key is declared", change: set("keys", {}), expected: "Declare an ApiKey: production has none." },
  ],
  "client-id": [
    {
      what: "the program keeps the client ids to itself, with the checklist beside the stage",
      program: beside.replace("clientIds, ", ""),
      expected: "Export the `clientIds` of the stage",
    },
  ],
  "redirect-uris": [
    {
      what: "an application without one",
      change: change("applications", "web", {}),
      expected: 'Application "web" has no redirect URI: declare one.',
    },
    {
      what: "no application",
      change: set("applications", {}),
      expected: "Declare an application: production has none.",
    },
  ],
  webhooks: [
    {
      what: "one of staging's endpoints is missing",
      change: change("webhooks", "users", undefined),
      expected: 'Staging\'s endpoint "users" has no twin in production: declare one.',
    },
    {
      what: "production's events would go to staging's",
      change: change("webhooks", "users", { ...hook, url: "https://hooks.staging.example.com/users" }),
      expected:
        "https://hooks.staging.example.com/users receives staging's events too: give production an endpoint of its own.",
    },
  ],
  organizations: [
    {
      what: "nobody has confirmed them",
      change: set("confirmed", []),
      expected: "Then `pulumi config set --path 'confirmed[0]' organizations`.",
    },
  ],
  flags: [
    {
      what: "a flag without a rule",
      change: change("flags", "passkeys", undefined),
      expected: 'Flag "passkeys" has no rule in Production: declare one.',
    },
  ],
  "deletion-protection": [
    {
      what: "it is switched off",
      change: set("deletionProtection", false),
      expected: "Set `deletionProtection: true`, or remove it: true is the default.",
    },
  ],
};
/** What the resources' own rules refuse already, by the path of the value in its file. */
const refused: readonly Broken[] = [
  {
    what: "an http redirect URI",
    change: change("applications", "web", { redirectUris: [{ uri: "http://example.com/callback", default: true }] }),
    expected: "go-live:applications.web.redirectUris[0].uri is http: production takes https only",
  },
  {
    what: "an http webhook URL",
    change: change("webhooks", "users", { ...hook, url: "http://hooks.example.com/users" }),
    expected: "Pulumi.production.yaml: go-live:webhooks.users.url",
  },
  {
    what: "a wildcard in the default redirect URI",
    change: change("applications", "web", { redirectUris: [{ uri: "https://*.example.com/callback", default: true }] }),
    expected: "Pulumi.production.yaml: go-live:applications.web.redirectUris[0]",
  },
  {
    what: "a confirmed item that there is not",
    change: set("confirmed", ["organisations"]),
    expected: 'Pulumi.production.yaml: go-live:confirmed[0] is "organisations", which no item has',
  },
];

describe("one rule broken", () => {
  let account: Account;
  let production: Stack;
  beforeAll(async () => void ({ account, production } = await beforeProduction()), 180_000);
  afterAll(() => account.close());

  /** Neither a preview nor a deploy gets past it; the account is as it was. */
  async function stopped(broke: Broken): Promise<string> {
    configure(production, (broke.change ?? ((same) => same))(exampleConfig("production")));
    production.write({ "index.ts": broke.program ?? program });
    const preview = await production.preview({ expectFailure: true });
    const up = await production.up({ expectFailure: true });
    for (const { stdout } of [preview, up]) expect(stdout).toContain(broke.expected);
    expect(up.summary).toMatchObject(nothing);
    expect(account.writes()).toEqual([]);
    return up.stdout;
  }

  test("every item that can stop a deploy is in the table", () => {
    const stopping = items.filter(({ optional }) => !optional).map(({ id }) => id);
    expect(["billing", ...Object.keys(broken)].toSorted()).toEqual(stopping.toSorted());
  });

  test.each(Object.entries(broken).flatMap(([id, rows]) => rows.map((row) => ({ id, ...row }))))(
    "[$id] $what",
    async ({ id, ...broke }) => {
      const said = await stopped(broke);
      expect(said).toContain("Production is not ready: 1 item of the go-live checklist is open, and `enforce` stops");
      expect(said).toMatch(new RegExp(`^ +\\[${id}\\]`, "m"));
      expect(said).not.toContain("serializing");
    },
    60_000,
  );

  test.each(refused)("$what", (broke) => stopped(broke).then(() => undefined), 60_000);

  test("without `enforce` the same is said, and the deploy goes on", async () => {
    configure(production, { ...exampleConfig("production"), enforce: false, keys: {} });
    production.write({ "index.ts": program });
    const { stdout, steps } = await production.preview();
    expect(stdout).toContain("go-live checklist of Production: 1 open");
    expect(stdout).toContain("FAILED  [api-key]");
    expect(objects(steps)).toHaveLength(9);
  }, 60_000);

  test("put right, the same stack goes live, and the report says so", async () => {
    configure(production, exampleConfig("production"));
    production.write({ "index.ts": `${program}export const { report } = stage;` });
    expect(objects((await production.up()).steps)).toHaveLength(10);
    const { report } = (await production.outputs()) as { report: { id: string; status: string }[] };
    expect(report.filter(({ status }) => status === "failed")).toEqual([]);
    expect(report.find(({ id }) => id === "billing")).toMatchObject({ status: "passed" });
    // the checklist beside its stage says the same, and takes nothing away
    const live = beside.replace("new golive.GoLive", "const live = $&");
    production.write({ "index.ts": `${live}export const report = live.report;` });
    expect((await production.up()).summary).toMatchObject({ create: 1, update: 0, delete: 0, replace: 0 });
    const old = (await production.outputs()) as { report: { id: string; status: string }[] };
    expect(old.report.filter(({ id }) => id !== "client-id")).toEqual(report.filter(({ id }) => id !== "client-id"));
    expect(old.report.find(({ id }) => id === "client-id")).toMatchObject({ status: "passed" });
  }, 180_000);

  test.each([
    ["nothing of it is exported", 'new golive.Stage("stage", { goLive: {} });'],
    [
      "an await stands around it, and the client ids are asked for and kept",
      'module.exports = async () => { await null; const stage = new golive.Stage("stage", { goLive: {} }); stage.clientIds.apply(() => 0); await null; return {}; };',
    ],
  ])(
    "the form of the program carries no meaning: %s, and the checklist says the same",
    async (_, body) => {
      configure(production, exampleConfig("production"));
      production.write({ "index.ts": `// @ts-nocheck\nconst golive = require("@golive/pulumi");\n${body}` });
      const { stdout } = await production.preview();
      expect(stdout).toContain("go-live checklist of Production: ready");
      expect(stdout).toContain("confirm [client-id] The client id is an output of the stack: Export the `clientIds`");
    },
    60_000,
  );
});

describe("an account without billing", () => {
  let account: Account;
  beforeAll(async () => void (account = await openAccount({ billing: false })));
  afterAll(() => account.close());

  test("[billing] the deploy of production is refused with the step to take, and leaves nothing behind", async () => {
    await (await account.shared()).up();
    await (await account.stack("staging")).up();
    const production = await account.stack("production");
    account.writes();
    const { stdout } = await production.up({ expectFailure: true });
    expect(stdout).toContain("production is locked until the account has billing");
    expect(stdout).toContain("Add billing information in the WorkOS dashboard to unlock production");
    expect(account.writes()).toEqual([]);
    const { resources } = await production.export();
    expect(resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"))).toEqual([]);
  }, 180_000);
});

describe("plain resources", () => {
  test("the checklist judges config, and stops before the first resource is registered", async () => {
    const stack = await createStack({
      name: "production",
      project: "go-live",
      program:
        'const golive = require("@golive/pulumi"); new golive.GoLive("go-live"); new golive.Project("p", { name: "P" });',
    });
    try {
      const { staging: _, ...config } = exampleConfig("production");
      configure(stack, { ...config, keys: {} });
      const { stdout, summary } = await stack.preview({ expectFailure: true });
      expect(stdout).toContain("Declare an ApiKey: production has none.");
      expect(summary).toMatchObject(nothing);
    } finally {
      await stack.dispose();
    }
  }, 60_000);
});
