import vm from "node:vm";
import { parseDate } from "./dates";
import { matchVersion } from "./versions";

/** Milliseconds: longer than any honest expression takes, and longer than this computer may be busy with other things. */
const patience = [50, 1_000];
const context = vm.createContext({});
const search = new vm.Script("new RegExp(pattern).test(subject)");
/** Those that did not end: nobody waits for them twice. */
const endless = new Set<string>();

/** Whether it ends soon whatever it is given: it has no group to repeat, and hardly anything that repeats. */
const isPlain = (pattern: string, subject: string): boolean =>
  !/[()\\]/.test(pattern) && (pattern.match(/[*+{]/g) ?? []).length <= 2 && pattern.length + subject.length <= 1_000;

/** Whether a text matches; an expression that does not end, or is none, says neither. */
function matchRegex(pattern: string, subject: string): boolean | undefined {
  if (endless.has(pattern)) return undefined;
  for (const timeout of patience) {
    try {
      if (isPlain(pattern, subject)) return new RegExp(pattern).test(subject);
      Object.assign(context, { pattern, subject });
      return search.runInContext(context, { timeout }) as boolean;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    }
  }
  if (endless.size > 1_000) endless.clear();
  endless.add(pattern);
  return undefined;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
/** In lower case as far as ASCII goes. */
const lower = (value: unknown): string => textOf(value).replaceAll(/[A-Z]/g, (sign) => sign.toLowerCase());
const numberOf = (value: unknown): number | undefined => {
  const parsed = typeof value === "number" ? value : /^\s*$/.test(textOf(value)) ? NaN : Number(textOf(value));
  return Number.isNaN(parsed) ? undefined : parsed;
};

const isTruth = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isTruth)
    : typeof value === "boolean" || /^(true|false)$/i.test(typeof value === "string" ? value : "");
const isTrue = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isTrue)
    : value === true || (typeof value === "string" && value.toLowerCase() === "true");
/** `"true"`, `True` and true are one; a list is any of its members. */
function isExactly(filter: unknown, value: unknown): boolean {
  if (isTruth(filter)) return isTrue(filter) === isTrue(value);
  const wanted = textOf(value).toLowerCase();
  if (Array.isArray(filter)) return filter.some((one) => textOf(one).toLowerCase() === wanted);
  return textOf(filter).toLowerCase() === wanted;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  is_date_after: (a, b) => a > b,
  is_date_before: (a, b) => a < b,
  is_date_exact: (a, b) => a === b,
};
/** What holds of somebody who lacks the property: only that it is not so. */
const ofNothing = new Set(["is_not", "not_icontains", "not_icontains_multi", "not_regex"]);
const momentOf = (value: unknown): number | undefined => {
  if (typeof value === "number") return value * 1_000;
  return typeof value === "string" ? parseDate(value)?.valueOf() : undefined;
};

function matchValue(operator: string, filter: unknown, value: unknown): boolean {
  switch (operator) {
    case "exact":
      return isExactly(filter, value);
    case "icontains":
      return lower(value).includes(lower(filter));
    case "icontains_multi":
      return (Array.isArray(filter) ? filter : [filter]).some((one) => lower(value).includes(lower(one)));
    case "regex":
      return matchRegex(textOf(filter), textOf(value)) === true;
    case "not_regex":
      return matchRegex(textOf(filter), textOf(value)) === false;
    case "is_not":
    case "not_icontains":
    case "not_icontains_multi":
      return !matchValue(operator === "is_not" ? "exact" : operator.slice(4), filter, value);
    default: {
      if (operator.startsWith("semver_")) return matchVersion(operator, textOf(value), textOf(filter)) === true;
      const read = operator.startsWith("is_date_") ? momentOf : numberOf;
      const [a, b] = [read(value), read(filter)];
      return a !== undefined && b !== undefined && comparisons[operator]!(a, b);
    }
  }
}

/** Whether somebody with these properties passes a filter, as the real service sees it, which knows all of them. */
export function matchProperty(
  {
    key,
    operator,
    value,
  }: { readonly key: string; readonly operator?: string | null | undefined; readonly value?: unknown },
  properties: Readonly<Record<string, unknown>>,
): boolean {
  const how = operator ?? "exact";
  const has = Object.hasOwn(properties, key);
  if (how === "is_set") return has;
  if (how === "is_not_set") return !has;
  if (value === undefined) return false;
  return has ? matchValue(how, value, properties[key]) : ofNothing.has(how);
}
