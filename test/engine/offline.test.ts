// Without one credential, and with no way out: what a pull request of a fork has. On the real engine, with the example.
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { example, openAccount, program } from "../components/account";
import { Backend, createStack, type Program, type Result, type Stack } from "./harness";

/** The only way out of this computer: it counts who comes, and lets nobody through. */
let closed: Server;
let tries = 0;
let offline: Record<string, string>;
beforeAll(async () => {
  closed = createServer((socket) => {
    tries++;
    socket.on("error", () => undefined).destroy();
  });
  await once(closed.listen(0, "127.0.0.1"), "listening");
  const way = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  const noVariable = { GOLIVE_PLATFORM: "", GOLIVE_ENDPOINT: "", GOLIVE_TOKEN: "" };
  const proxies = { HTTPS_PROXY: way, https_proxy: way, HTTP_PROXY: way, http_proxy: way };
  const inside = { NO_PROXY: "127.0.0.1,localhost", no_proxy: "127.0.0.1,localhost" };
  offline = { ...noVariable, ...proxies, ...inside, GOLIVE_OFFLINE: "true" };
});
beforeEach(() => void (tries = 0));
afterAll(() => closed.close());

const sentence = (by: string) =>
  `golive is offline and sends nothing (${by}). A preview works offline; for everything else leave that setting out, and give a credential.`;
const errorsOf = ({ diagnostics }: Result): string[] =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
const created = ({ steps }: Result): number => steps.filter(({ op }) => op === "create").length;

describe("where nothing was ever deployed", () => {
  let backend: Backend;
  const stacks: Record<string, Stack> = {};
  const open = (name: string, project: string, source: Program): Promise<Stack> =>
    createStack({ backend, env: offline, name, project, program: source });
  beforeAll(async () => {
    backend = new Backend();
    stacks["shared"] = await open("shared", "go-live-shared", { folder: path.join(example, "shared") });
    for (const name of ["staging", "production"]) stacks[name] = await open(name, "go-live", { folder: example });
  });
  afterAll(() => backend.dispose());

  it.each([
    ["shared", 4],
    ["staging", 10],
    ["production", 10],
  ])("the preview of %s passes, and asks nobody", async (name, least) => {
    const result = await stacks[name]!.preview();
    expect(errorsOf(result)).toEqual([]);
    expect(created(result)).toBeGreaterThanOrEqual(least);
    expect(tries).toBe(0);
  });

  it("every rule of the platform holds, and one is broken: refused with its path", async () => {
    const stack = await open("production", "refused", { folder: example });
    const config = program; // the program stays; only its config is wrong
    expect(config).toContain("new golive.Stage");
    stack.write({
      "Pulumi.production.yaml": [
        "config:",
        "  refused:name: Production",
        "  refused:type: production",
        "  refused:shared: organization/go-live-shared/shared",
        "  refused:applications: { web: { redirectUris: [{ uri: 'http://example.com/callback', default: true }] } }",
      ].join("\n"),
    });
    const result = await stack.preview({ expectFailure: true });
    expect(result.stdout).toContain("redirectUris[0].uri is http: production takes https only");
    expect(tries).toBe(0);
  });

  it("up stops at the program's first resource, with one sentence", async () => {
    const result = await stacks["shared"]!.up({ expectFailure: true });
    expect(errorsOf(result)).toEqual([expect.stringContaining(sentence("GOLIVE_OFFLINE"))]);
    expect((await stacks["shared"]!.export()).resources.filter(({ type }) => type.includes("golive"))).toEqual([]);
    expect(tries).toBe(0);
  });

  it("a value that is neither true nor false is refused", async () => {
    const result = await stacks["shared"]!.preview({ env: { GOLIVE_OFFLINE: "yes" }, expectFailure: true });
    expect(result.stdout).toContain(
      'property provider.offline value {<nil>} has a problem: "yes" is neither true nor false (from GOLIVE_OFFLINE)',
    );
    expect(tries).toBe(0);
  });

  it("and the way out is the only one: who is not offline comes there", async () => {
    const env = { GOLIVE_OFFLINE: "false", GOLIVE_TOKEN: "tok_1", GOLIVE_RETRIES: "0" };
    await stacks["shared"]!.up({ env, expectFailure: true });
    expect(tries).toBeGreaterThan(0);
  });
});

describe("beside a state that is there", () => {
  let account: Awaited<ReturnType<typeof openAccount>>;
  let shared: Stack;
  let staging: Stack;
  beforeAll(async () => {
    account = await openAccount();
    await (shared = await account.shared()).up();
    await (staging = await account.stack("staging")).up();
    account.writes();
  }, 180_000);
  afterAll(() => account.close());

  it("a preview compares with it, said by stack config alone", async () => {
    await staging.setConfig({ "golive:offline": "true" });
    const result = await staging.preview({ env: { ...offline, GOLIVE_OFFLINE: "" } });
    expect(result.summary).toMatchObject({ create: 0, update: 0, delete: 0 });
    expect(tries).toBe(0);
    await staging.cli(["config", "rm", "golive:offline"]);
  });

  it.each(["refresh", "destroy"] as const)("%s stops before it asks anybody", async (verb) => {
    const stack = verb === "refresh" ? staging : shared;
    const before = (await stack.export()).resources.length;
    const result = await stack[verb]({ env: offline, expectFailure: true });
    const said = errorsOf(result).filter((message) => message.includes(sentence("GOLIVE_OFFLINE")));
    expect(said.length, result.stdout).toBeGreaterThan(0);
    expect((await stack.export()).resources).toHaveLength(before);
    expect([tries, account.writes()]).toEqual([0, []]);
  });
});
