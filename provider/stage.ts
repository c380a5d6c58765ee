/**
 * The shape of an environment in stack config, shared by the SDK's Stage component and the commands that read config.
 * Each section holds entries by name; an entry has the inputs of its resource, less those that the stage fills in.
 */
export const sections = {
  /** By name. */
  applications: { kind: "Application", named: "name", filled: ["environment", "environmentType"] },
  /** By the flag's slug. */
  flags: { kind: "FeatureFlagRule", named: undefined, filled: ["environment", "environmentType", "flag"] },
  /** By any name; the URL identifies it. */
  webhooks: { kind: "WebhookEndpoint", named: undefined, filled: ["environment", "environmentType"] },
  /** By name. */
  keys: { kind: "ApiKey", named: "name", filled: ["environment", "environmentType"] },
} as const;

export type Section = keyof typeof sections;

/** Config keys of the environment itself; their values are inputs of an Environment. */
export const environmentKeys = ["name", "type", "deletionProtection"] as const;

/** Keys whose values are text, whatever they look like. */
const textKeys: readonly string[] = ["name", "shared", "project"];
/** A date that YAML takes for one arrives as Go prints it: `2027-01-01 00:00:00 +0000 UTC`. */
const goTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) \S+$/;
const timeOf = (text: string): string => text.replace(goTime, "$1T$2$3:$4").replace(/\+00:00$/, "Z");
/** A name, a tag or a key that looks like a date is a text: `2027-01-01`, as somebody wrote it. */
const wordOf = (text: string): string => (goTime.test(text) ? timeOf(text.replace(/ 00:00:00 \+0000 UTC$/, "")) : text);

/** JSON of Go's with its times as they were meant: a field that holds one is called `…At`. */
function revived(key: string, value: unknown): unknown {
  if (typeof value === "string") return goTime.test(value) && key.endsWith("At") ? timeOf(value) : wordOf(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.keys(value).some((name) => goTime.test(name))
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [wordOf(name), inner]))
    : value;
}

/** What a text in config means: its JSON where it is some, so that `false` of `pulumi config set` is false. */
export function valueOfText(key: string, text: string): unknown {
  if (textKeys.includes(key)) return wordOf(text);
  try {
    return JSON.parse(text, revived) as unknown;
  } catch {
    return wordOf(text);
  }
}
