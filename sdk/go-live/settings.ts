import type { Stage } from "../stage";
import { configValue, inConfig } from "../stage/declared";
import { refusal } from "../stop";
import type { wrongName } from "./report";

/** The first of the confirmed names that no item of the platform has. */
type FindWrong = (confirmed: readonly string[]) => ReturnType<typeof wrongName>;

/** What is left out is read from the stack's config under the same name. */
export interface GoLiveSettings {
  /** Items that a person vouches for, e.g. `["organizations"]`. Never passes what failed. */
  readonly confirmed?: readonly string[];
  /** Whether an open item stops the deploy before its first change. @default false */
  readonly enforce?: boolean;
  /** Stack of staging, e.g. `organization/shop/staging`. Production is compared with its output `inventory`. */
  readonly staging?: string;
  /** Domain that serves the login page. */
  readonly customDomain?: string;
}

export interface GoLiveArgs extends GoLiveSettings {
  /** The environment. Without one the checklist judges what this stack's config declares: put it before every resource then. */
  readonly stage?: Stage;
}

export interface Settings {
  readonly confirmed: readonly string[];
  /** Where a person's word is added. */
  readonly confirmIn: "config" | "arguments";
  readonly enforce: boolean;
  readonly staging: string | undefined;
  readonly customDomain: string | undefined;
}

/** The settings, checked. A name that no item has is a mistake worth stopping for. `owner` is what arguments are called by. */
export function settingsOf(args: GoLiveSettings, owner: string, findWrong: FindWrong): Settings {
  const read = (key: keyof GoLiveSettings): unknown => args[key] ?? configValue(key);
  const [confirmed = [], enforce = false] = [read("confirmed"), read("enforce")];
  const place = (key: "confirmed" | "enforce"): string => (args[key] === undefined ? inConfig(key) : `${owner}${key}`);
  const text = (key: "staging" | "customDomain") => read(key) as string | undefined;
  if (!Array.isArray(confirmed)) throw refusal(`${place("confirmed")} is no list: write e.g. \`[organizations]\``);
  if (typeof enforce !== "boolean") throw refusal(`${place("enforce")} is neither true nor false`);
  const names = confirmed.map(String);
  const wrong = findWrong(names);
  if (wrong)
    throw refusal(`${place("confirmed")}[${wrong.at}] is "${wrong.name}", which no item has: they are ${wrong.names}`);
  return {
    confirmed: names,
    confirmIn: args.confirmed === undefined ? "config" : "arguments",
    enforce,
    staging: text("staging"),
    customDomain: text("customDomain"),
  };
}
