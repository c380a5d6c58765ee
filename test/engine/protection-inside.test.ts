// What production cannot have back, on the real engine: applications, keys and endpoints are protected like their environment.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const head = `const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Safe" });`;
/** Production as plain resources; `more` are further inputs by name. */
const plain = (more: { environment?: string; key?: string } = {}, ...names: string[]) => `${head}
const environment = new golive.Environment("environment", { project, name: "EU", type: "production", ${more.environment ?? ""} });
const inside = {
  app: () => new golive.Application("app", { environment, name: "web", redirectUris: [{ uri: "https://a.example.com/cb" }] }),
  key: () => new golive.ApiKey("key", { environment, name: "backend", ${more.key ?? ""} }),
  hook: () => new golive.WebhookEndpoint("hook", { environment, url: "https://a.example.com/hook", events: ["user.created"] }),
};
for (const name of ${JSON.stringify(names.length > 0 ? names : ["app", "key", "hook"])}) inside[name]();`;
/** The same as a stage. */
const stage = (more = "", keys = "{ backend: {} }") => `${head}
new golive.Stage("stage", { project, name: "EU", type: "production", ${more}
  applications: { web: { redirectUris: [{ uri: "https://a.example.com/cb" }] } },
  webhooks: { hook: { url: "https://a.example.com/hook", events: ["user.created"] } },
  keys: ${keys},
});`;

const words = (text: string) => text.replaceAll(/\s+/g, " ");
const refused = ({ diagnostics }: Result): string[] =>
  diagnostics
    .filter(({ severity, message }) => severity === "error" && message.includes("protected"))
    .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2))
    .toSorted();
const changed = ({ steps }: Result): string[] =>
  steps
    .flatMap(({ op, name, type }) => (type.includes("golive:") && op !== "same" ? [`${op} ${name}`] : []))
    .toSorted();

/** A stack of an account with billing, and what the platform holds of EU. */
async function production(program: string) {
  const rehearsal: Rehearsal = await createRehearsal();
  const ask = dashboard(rehearsal);
  await ask.query("mutation { setUpBilling { __typename } }");
  const stack = await createStack({ program, env: rehearsalEnv(rehearsal) });
  const held = async (): Promise<string[]> => {
    const id = rehearsal.projects.flatMap(({ environments }) => environments).find(({ name }) => name === "EU")?.id;
    if (id === undefined) return [];
    const { apps, hooks, keys } = (await ask.query(
      `{ apps: userlandApplications(environmentId: "${id}") { data { name } }
         hooks: webhookEndpoints(environmentId: "${id}") { data { endpointUrl } }
         keys(environmentId: "${id}") { data { name } } }`,
    )) as Record<string, { data: Record<string, string>[] }>;
    return [apps, hooks, keys]
      .flatMap((list) => list!.data.map((one) => one["name"] ?? one["endpointUrl"]!))
      .filter((name) => !name.startsWith("Default"))
      .toSorted();
  };
  return { rehearsal, stack, held };
}
const all = ["backend", "https://a.example.com/hook", "web"];

describe("what is inside a production environment", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  let held: () => Promise<string[]>;
  beforeAll(async () => {
    ({ rehearsal, stack, held } = await production(plain()));
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("is refused at preview when its lines of program go, all of it at once", async () => {
    stack.write(head);
    expect(refused(await stack.preview({ expectFailure: true }))).toEqual(["app", "hook", "key"]);
    await stack.up({ expectFailure: true });
    expect(await held()).toEqual(all);
  });

  it("stays when all that is not protected is destroyed", async () => {
    stack.write(plain());
    await stack.destroy({ args: ["--exclude-protected"] });
    expect(await held()).toEqual(all);
  });

  it("was protected before golive said so in state: preview shows no change, and a delete is refused", async () => {
    stack.write(plain());
    interface Held extends Record<"inputs" | "outputs" | "propertyDependencies", Record<string, unknown> | undefined> {
      urn: string;
      protect?: boolean;
    }
    const state = JSON.parse((await stack.export()).text) as { deployment: { resources: Held[] } };
    const inside = state.deployment.resources.filter(({ urn }) => /::(app|key|hook)$/.test(urn));
    for (const resource of inside) {
      resource.protect = false;
      for (const bag of [resource.inputs, resource.outputs, resource.propertyDependencies])
        delete bag?.["deletionProtection"];
    }
    expect(inside).toHaveLength(3);
    const file = path.join(stack.folder, "earlier.json");
    writeFileSync(file, JSON.stringify(state));
    await stack.cli(["stack", "import", "--file", file]);

    expect(changed(await stack.preview())).toEqual([]);
    expect(changed(await stack.refresh())).toEqual([]);
    const { urn } = inside.find((resource) => resource.urn.endsWith("::hook"))!;
    const { stdout } = await stack.destroy({ args: ["--target", urn], expectFailure: true });
    expect(words(stdout)).toContain("deletionProtection is on, and with it would go its signing secret");
    expect(changed(await stack.up())).toEqual([]);
    expect(changed(await stack.refresh())).toEqual([]);
    expect(changed(await stack.preview())).toEqual([]);
    expect(await held()).toEqual(all);
  });

  it("stays for who took the engine's advice, who is told what would go", async () => {
    await stack.cli(["state", "unprotect", "--all", "--yes"]);
    const { stdout } = await stack.destroy({ expectFailure: true, args: ["--continue-on-error"] });
    const said = words(stdout);
    expect(said).toContain("with it would go its value: whoever calls with it is refused from then on");
    expect(said).toContain("with it would go its client id and client secret");
    expect(said).toContain("with it would go its signing secret and every event until there is another");
    expect(said).toContain("Set `deletionProtection: false`, run `pulumi up`, then delete it.");
    expect(await held()).toEqual(all);
  });

  it("goes one by one: a deploy switches it off, the next one takes it", async () => {
    stack.write(plain({ key: "deletionProtection: false" }));
    expect(changed(await stack.up())).toEqual(["update key"]);
    stack.write(plain({}, "app", "hook"));
    expect(changed(await stack.up())).toEqual(["delete key"]);
    expect(await held()).toEqual(all.slice(1));
  });

  it("goes with the environment's one switch", async () => {
    stack.write(plain({ environment: "deletionProtection: false" }, "app", "hook"));
    expect(changed(await stack.up())).toEqual(["update app", "update environment", "update hook"]);
    await stack.destroy();
    expect(await held()).toEqual([]);
  });
});

describe("a production stage", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  let held: () => Promise<string[]>;
  beforeAll(async () => {
    ({ rehearsal, stack, held } = await production(stage()));
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("protects its entries; one has a switch of its own, and all have the stage's", async () => {
    stack.write(head);
    expect(refused(await stack.preview({ expectFailure: true }))).toEqual(["backend", "hook", "web"]);
    stack.write(stage("", "{ backend: { deletionProtection: false } }"));
    expect(changed(await stack.up())).toEqual(["update backend"]);
    stack.write(stage("", "{}"));
    expect(changed(await stack.up())).toEqual(["delete backend"]);
    stack.write(stage("deletionProtection: false,", "{}"));
    expect(changed(await stack.up())).toEqual(["update environment", "update hook", "update web"]);
    await stack.destroy();
    expect(await held()).toEqual([]);
  });
});
