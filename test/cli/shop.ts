// A project with a staging stack, to clone.
import { expect } from "vitest";
import { folderOf } from "./terminal";

interface Line {
  path: string;
  action: string;
  reason: string;
  command?: string;
}
export interface Printed {
  writes: boolean;
  written: boolean;
  behind: boolean;
  plan: Line[];
}
const project = "name: shop\nruntime: nodejs\n";
/** Comments that every new file ends with. */
const suggested = /\n {2}# shop:deletionProtection[^]*$/;

export const shop = (staging: string, production?: string) =>
  folderOf({
    "Pulumi.yaml": project,
    "Pulumi.staging.yaml": staging,
    ...(production === undefined ? {} : { "Pulumi.production.yaml": production }),
  });

/** Clones, and answers the file without what is suggested, with the plan. */
export async function clone(staging: string, production: string | undefined, args: string[] = []) {
  const at = shop(staging, production);
  const ran = await at.golive("clone", "staging", "production", "--yes", "--json", ...args);
  expect(ran.stderr).toBe("");
  const { plan } = ran.json<Printed>();
  return { text: at.read("Pulumi.production.yaml").replace(suggested, "\n"), plan, at };
}
export const config = (...lines: string[]): string => ["config:", ...lines.map((line) => `  ${line}`), ""].join("\n");
export const map = ["--map", "staging.example.com=example.com"];
