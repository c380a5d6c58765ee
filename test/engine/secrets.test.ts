// Known secrets are planted, a stack lives its life, and everything that the run wrote is searched for them.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStack, type Process, type Stack } from "./harness";
import { dashboard } from "./rehearsal";

const program = `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Secrets" });
const environment = new golive.Environment("environment", { project, name: "Production", type: "production", deletionProtection: false });
const app = new golive.Application("app", { environment, name: "app", credentials: {} });
const key = new golive.ApiKey("key", { environment, name: "key", version: Number(process.env.THE_VERSION) });
const hook = new golive.WebhookEndpoint("hook", { environment, url: "https://a.example.com/hook", events: [process.env.THE_EVENT] });
exports.all = [app.clientSecret, key.value, key.previousValue, hook.signingSecret];
`;

let rehearsal: Rehearsal;
let stack: Stack;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "golive-secrets-"));
  rehearsal = await createRehearsal({ file: path.join(folder, "rehearsal.db") });
  await dashboard(rehearsal).query("mutation { setUpBilling { __typename } }");
  const config = {
    "golive:platform": "rehearsal",
    "golive:endpoint": rehearsal.url,
    "golive:token": { secret: rehearsal.token },
  };
  stack = await createStack({ program, config, env: { THE_VERSION: "1", THE_EVENT: "user.created" } });
});
afterAll(async () => {
  await stack.dispose();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

const filesUnder = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(dir, name))
    // the harness's own event log is the engine's debug log, which holds values; no user has it
    .filter((file) => !file.endsWith(".events") && statSync(file).isFile());

it("leaves no secret in plain text in state, logs, errors, journal or process arguments", async () => {
  const said: string[] = [];
  const arguments_: Process[] = [];
  const run = async (
    verb: "preview" | "up" | "refresh" | "destroy",
    env: Record<string, string> = {},
    fails = false,
  ) => {
    const operation = stack.start(verb, { env });
    const sampling = setInterval(() => arguments_.push(...stack.backend.processes()), 200);
    const done = operation.done.finally(() => clearInterval(sampling));
    const { stdout, stderr, exitCode } = await done;
    expect(exitCode === 0).toBe(!fails);
    said.push(stdout, stderr);
  };
  await run("up");
  const first = (await stack.outputs())["all"] as string[];
  await run("up", { THE_VERSION: "2" });
  const second = (await stack.outputs())["all"] as string[];
  const secrets = new Set([...first, ...second, rehearsal.token].filter(Boolean));
  expect(secrets.size).toBe(5); // client secret, two keys, signing secret, token
  await run("refresh");
  // errors too: one by the server, one that names the credential
  await run("up", { THE_VERSION: "2", THE_EVENT: "no.such.event" }, true);
  await run("refresh", { GOLIVE_TOKEN: `${rehearsal.token}x` }, true);
  await run("destroy");

  const files = filesUnder(stack.backend.folder);
  expect(files.some((file) => file.includes("journal"))).toBe(true);
  const searched = [
    ...files.map((file) => [file, readFileSync(file, "latin1")] as const),
    ["output", said.join("\n")] as const,
  ];
  const found = searched.flatMap(([file, text]) =>
    [...secrets].filter((secret) => text.includes(secret)).map(() => file),
  );
  expect(found).toEqual([]);
  expect(arguments_.filter(({ command }) => [...secrets].some((secret) => command.includes(secret)))).toEqual([]);
  expect(JSON.stringify(rehearsal.requests())).not.toMatch(new RegExp([...secrets].join("|")));
});
