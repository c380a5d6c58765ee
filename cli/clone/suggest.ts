import type { Line } from "./line";
import type { Step } from "./step";

/** Settings of production alone, each with the value that it has or may have. */
const settings: readonly (readonly [name: string, value: string, why: string])[] = [
  ["deletionProtection", "true", "the default in production: delete and replace are refused"],
  ["customDomain", "login.example.com", "the domain of the login page, once it is set up in the dashboard"],
  ["confirmed", "[billing, organizations]", "what a person has checked for `golive doctor`"],
];

/** Whether a key of golive's is said of one environment and never copied: what was confirmed of staging is not of production. */
export const isOfOne = (name: string): boolean => name === "confirmed" || name === "customDomain";

/** What the file does not speak of yet, as comments. */
export function suggestions({ production, project }: Step): { line: Line; text: string }[] {
  return settings
    .filter(([name]) => !production.text.includes(`${project}:${name}:`))
    .map(([name, value, why]) => ({
      line: { path: name, action: "suggested", reason: why, to: value },
      text: `${project}:${name}: ${value} # ${why}`,
    }));
}
