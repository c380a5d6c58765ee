// `golive adopt --import-file` and `pulumi import --file` on the real engine, into a YAML program through the plugin door.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, describe, it } from "vitest";
import { setUpBilling } from "../../scripts/rehearse/billing.mjs";
import { golive } from "../cli/terminal";
import { type Bag, startGolivePlugin, urnOf } from "../doors/golive-plugin";
import { createStack, lacksYaml, type Result, type Stack } from "./harness";
import { rehearsalEnv } from "./rehearsal";
import { canRun } from "../tools/run";

const missing = lacksYaml();

const done = ({ steps }: Result): string[] =>
  steps.filter(({ op, type }) => type.startsWith("golive:") && op !== "same").map(({ op, name }) => `${op} ${name}`);

describe.skipIf(!canRun("pulumi import --file", missing))("a whole environment by `pulumi import --file`", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  /** What was told once, when it was made. */
  let shownOnce: string[];

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    await setUpBilling(rehearsal);
    const plugin = await startGolivePlugin({}, { env: rehearsalEnv(rehearsal) });
    const make = (kind: string, inputs: Bag) => plugin.create(urnOf(kind, "made"), inputs);
    const { id: project } = await make("Project", { name: "Shop", includeProduction: true });
    const { id: environment } = await make("Environment", { project, name: "Live", type: "production" });
    const inside = { environment, environmentType: "production" };
    const { id: flag } = await make("FeatureFlag", { project, slug: "beta", name: "Beta", tags: ["new"] });
    await make("FeatureFlagRule", { ...inside, flag, enabled: true, access: "all" });
    const web = { redirectUris: [{ uri: "https://shop.example.com/callback", default: true }] };
    const { properties: application } = await make("Application", {
      ...inside,
      name: "Web: shop #1",
      kind: "web",
      isDefault: false,
      credentials: { version: 1 },
      ...web,
    });
    await make("WebhookEndpoint", { ...inside, url: "https://shop.example.com/hook", events: ["user.created"] });
    const { properties: key } = await make("ApiKey", { ...inside, name: "backend" });
    await plugin.stop();
    const revealed = (wrapped: unknown): string => (wrapped as { value: string }).value;
    shownOnce = [revealed(key["value"]), revealed(application["clientSecret"])];
    stack = await createStack({
      program: { "Pulumi.yaml": "name: test\nruntime: yaml\n" },
      env: rehearsalEnv(rehearsal),
    });
  });
  afterAll(async () => {
    await stack?.dispose();
    await rehearsal?.close();
  });

  it("writes every object with its type, its id and a name of its own, over no file", async () => {
    const adopt = (...more: string[]) =>
      golive(["adopt", "--environment", "Live", "--project", "Shop", ...more], {
        cwd: stack.folder,
        env: rehearsalEnv(rehearsal),
      });
    const { code, stdout } = await adopt("--import-file", "import.json");
    expect(code).toBe(0);
    expect(stdout).toContain("pulumi import --file import.json");
    const { resources } = JSON.parse(readFileSync(path.join(stack.folder, "import.json"), "utf8")) as {
      resources: { type: string; name: string; id: string }[];
    };
    expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "golive:index:Project project",
      "golive:index:Environment environment",
      "golive:index:FeatureFlag flag-beta",
      "golive:index:Application application-web-shop-1",
      "golive:index:Application application-default-application",
      "golive:index:FeatureFlagRule rule-beta",
      "golive:index:WebhookEndpoint webhook-hook",
      "golive:index:ApiKey key-default",
      "golive:index:ApiKey key-default-publishable",
      "golive:index:ApiKey key-backend",
    ]);
    expect(await adopt("--import-file", "import.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("import.json is there already") as string,
    });
    expect(await adopt()).toMatchObject({ code: 2, stderr: expect.stringContaining("--import-file") as string });
    expect((await adopt("--import-file", "import.json", "--force", "--json")).stdout).toContain('"resources": 10');
  });

  it("imports them, and what it writes to paste previews without a change", async () => {
    await stack.cli(["import", "--file", "import.json", "--yes", "--skip-preview", "--out", "imported.yaml"]);
    const imported = readFileSync(path.join(stack.folder, "imported.yaml"), "utf8");
    writeFileSync(path.join(stack.folder, "Pulumi.yaml"), `name: test\nruntime: yaml\n${imported}`);
    const before = rehearsal.requestCount();
    expect(done(await stack.preview())).toEqual([]);
    expect(rehearsal.requestCount()).toBe(before);
    expect(done(await stack.refresh())).toEqual([]);
    expect(done(await stack.up())).toEqual([]);
  });

  it("state holds no secret that the platform tells no more, and each that it holds is encrypted", async () => {
    const { text } = await stack.export();
    const { text: open } = await stack.export({ showSecrets: true });
    for (const secret of shownOnce) {
      expect(secret.length).toBeGreaterThan(10);
      expect(open).not.toContain(secret);
    }
    const { resources } = await stack.export();
    const webhook = resources.find(({ type }) => type.endsWith(":WebhookEndpoint"));
    expect(webhook?.outputs).toMatchObject({ secretHeld: true });
    expect(webhook?.outputs?.["signingSecret"]).toHaveProperty("ciphertext");
    expect(text).not.toContain(rehearsal.token);
  });
});
