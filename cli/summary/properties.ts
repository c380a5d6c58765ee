import { isDeepStrictEqual } from "node:util";

/** A value that differs, or members of a list that come and go. Secrets arrive as `[secret]`: Pulumi masks them. */
export interface PropertyChange {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}
type Bag = Readonly<Record<string, unknown>>;

/** What the engine prints for a value that only the deploy knows. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const LATER = "(known after the deploy)";
const SECRET = "[secret]";
/** Bookkeeping that says nothing to a reviewer. */
const hidden = new Set(["__provider", "origin", "environmentType"]);

const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (value: unknown): unknown => {
  if (value === unknown) return LATER;
  if (Array.isArray(value)) return value.map(shown);
  return isBag(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part)])) : value;
};
const lacking = (members: readonly unknown[], others: readonly unknown[]): unknown[] =>
  members.filter((member) => !others.some((other) => isDeepStrictEqual(member, other)));

function differences(path: string, from: unknown, to: unknown): PropertyChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  // what becomes a secret was none before, and is one now
  if (from === SECRET || to === SECRET) return [{ path, from: SECRET, to: SECRET }];
  if (isBag(from) && isBag(to))
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      differences(`${path}.${key}`, from[key], to[key]),
    );
  if (!Array.isArray(from) || !Array.isArray(to)) return [{ path, from, to }];
  const changes = [
    ...lacking(from, to).map((member) => ({ path: `${path}[]`, from: member })),
    ...lacking(to, from).map((member) => ({ path: `${path}[]`, to: member })),
  ];
  // the same members in another order
  return changes.length > 0 ? changes : [{ path, from, to }];
}

/** The inputs that differ between two states of one object. */
export function changesOf(old: Bag | undefined, next: Bag | undefined): PropertyChange[] {
  if (next === undefined) return [];
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(next)])].filter((name) => !hidden.has(name));
  if (old === undefined)
    return names.flatMap((name) => (next[name] === unknown ? [] : [{ path: name, to: shown(next[name]) }]));
  return names.flatMap((name) => differences(name, shown(old[name]), shown(next[name])));
}
