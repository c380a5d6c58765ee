// An account of a rehearsal with the example's stacks on the real engine, and what they asked the account to change.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { parse, stringify } from "yaml";
import { setUpBilling } from "../../scripts/rehearse/billing.mjs";
import { recorderOf } from "../cli/recorder";
import { Backend, createStack, type EngineAge, type Program, type Stack } from "../engine/harness";
import { rehearsalEnv } from "../engine/rehearsal";

export const example = fileURLToPath(new URL("../../examples/go-live", import.meta.url));
/** The program of the example. */
export const program = readFileSync(path.join(example, "index.ts"), "utf8");

/** What stands under `config:`, by key without the project. */
export type Config = Record<string, unknown>;
/** The config that the example holds of a stack. */
export function exampleConfig(stack: string): Config {
  const { config } = parse(readFileSync(path.join(example, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace("go-live:", ""), value]));
}

export interface Account {
  readonly rehearsal: Rehearsal;
  readonly backend: Backend;
  readonly env: Record<string, string>;
  /** The stack that owns the project and the flags. */
  shared(name?: string): Promise<Stack>;
  stack(name: string, program?: Program): Promise<Stack>;
  /** Names of the requests that change something, since the last look. */
  writes(): string[];
  close(): Promise<void>;
}

/** An empty account; with `billing`, production is unlocked in it. */
export async function openAccount({ billing = true, engine = "newest" as EngineAge } = {}): Promise<Account> {
  const backend = new Backend(engine);
  const rehearsal = await createRehearsal();
  if (billing) await setUpBilling(rehearsal);
  const recorder = await recorderOf(rehearsal.url);
  const env = rehearsalEnv({ url: recorder.url, token: rehearsal.token });
  const stack = (name: string, project: string, source: Program) =>
    createStack({ backend, env, name, project, program: source });
  return {
    rehearsal,
    backend,
    env,
    shared: (name = "shared") => stack(name, "go-live-shared", { folder: path.join(example, "shared") }),
    stack: (name, source = { folder: example }) => stack(name, "go-live", source),
    writes: recorder.writes,
    async close() {
      await backend.dispose();
      await recorder.close();
      await rehearsal.close();
    },
  };
}

/** An account whose production is all that is left to deploy: its stack is empty, and no request is counted yet. */
export async function beforeProduction(): Promise<{ account: Account; production: Stack }> {
  const account = await openAccount();
  await (await account.shared()).up();
  await (await account.stack("staging")).up();
  const production = await account.stack("production");
  account.writes();
  return { account, production };
}

/** Replaces a stack's config, but for the salt of its secrets. */
export function configure(stack: Stack, config: Config): void {
  const file = `Pulumi.${stack.name}.yaml`;
  const salt = /^encryptionsalt:.*$/m.exec(readFileSync(path.join(stack.folder, file), "utf8"))?.[0] ?? "";
  const keyed = Object.fromEntries(Object.entries(config).map(([key, value]) => [`go-live:${key}`, value]));
  stack.write({ [file]: `${salt}\n${stringify({ config: keyed })}` });
}
