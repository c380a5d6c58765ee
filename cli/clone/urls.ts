import { isMap } from "yaml";
import { plainOf } from "../project/values";

/** Every string in a value. */
export const strings = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(strings)
      : [];

/** The URLs of each field of each entry that two sections have in common. */
export function urlsOf(staging: unknown, production: unknown): (readonly [string[], string[]])[] {
  if (!isMap(staging) || !isMap(production)) return [];
  type Entries = Record<string, Record<string, unknown> | null>;
  const [before, after] = [plainOf(staging) as Entries, plainOf(production) as Entries];
  return Object.entries(before).flatMap(([name, entry]) =>
    Object.entries(entry ?? {}).map(([field, value]) => [strings(value), strings(after[name]?.[field])] as const),
  );
}
