import { checklistKeys } from "@golive/provider/stage";
import type { Line } from "./line";
import { isJson } from "./place";
import type { Step } from "./step";

/** Settings of production alone, each with the value that it has or may have. */
const settingsOf = ({ project, staging }: Step): readonly (readonly [name: string, value: string, why: string])[] => [
  ["deletionProtection", "true", "the default in production: delete and replace are refused"],
  ["customDomain", "login.example.com", "the domain of the login page, once it is set up in the dashboard"],
  ["confirmed", "[billing, organizations]", "what a person has checked of the go-live checklist"],
  ["enforce", "true", "`pulumi up` stops before its first change while an item of the checklist is open"],
  [
    "staging",
    `organization/${project}/${staging.stack}`,
    "the stack that the checklist compares with, by its output `inventory`",
  ],
];

const ofOne: readonly string[] = checklistKeys;

/** Whether a key of golive's is said of one environment and never copied: what was confirmed of staging is not of production. */
export const isOfOne = (name: string): boolean => ofOne.includes(name);

/** What the file does not speak of yet, as comments. */
export function suggestions(step: Step): { line: Line; text: string }[] {
  const { production, project } = step;
  if (isJson(production)) return [];
  return settingsOf(step)
    .filter(
      ([name]) => ![`${project}:${name}:`, `${project}:config:${name}:`].some((key) => production.text.includes(key)),
    )
    .map(([name, value, why]) => ({
      line: { path: name, action: "suggested", reason: why, to: value },
      text: `${project}:${name}: ${value} # ${why}`,
    }));
}
