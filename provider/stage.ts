import type { Kind } from "./resources";

/** One section of a stage's config: entries by name, each with the inputs of its resource less those that the stage fills in. */
interface SectionRow {
  readonly kind: Kind;
  /** What people call an object of it, and how many objects of it are counted under. */
  readonly label: string;
  readonly plural: string;
  /** The input that, with the environment, is the natural key. */
  readonly key: string;
  /** The input that an entry is named by; the names of a section without one mean nothing, or say which flag it is. */
  readonly named?: string;
  /** What the stage fills in beside that. */
  readonly filled: readonly string[];
  /** The input of which an environment takes a value once. */
  readonly sole?: string;
  /** Inputs that are told even where they say what a new object does anyway. */
  readonly always?: readonly string[];
  /** The stage's output, by entry: of which output of the resource. */
  readonly told?: readonly [output: string, of: string];
  /** What a stage's inventory holds of it, for another stack to compare with: the names, or an input by name. */
  readonly compared?: string;
  /** Each environment has its own: no command copies one that nobody declared. */
  readonly own?: true;
}

/**
 * The shape of an environment in stack config. This table drives the SDK's Stage, its validation and what it tells, and the
 * commands that read, clone, compare and adopt config; the build hands it to the SDK, which loads none of this.
 */
export const sections = {
  /** By name. */
  applications: {
    kind: "Application",
    label: "application",
    plural: "applications",
    key: "name",
    named: "name",
    filled: ["environment", "environmentType"],
    sole: "isDefault",
    told: ["clientIds", "clientId"],
  },
  /** By the flag's slug. */
  flags: {
    kind: "FeatureFlagRule",
    label: "rule of flag",
    plural: "rules",
    key: "flag",
    filled: ["environment", "environmentType", "flag"],
    always: ["enabled", "access"],
    compared: "names",
  },
  /** By any name; the URL identifies it. */
  webhooks: {
    kind: "WebhookEndpoint",
    label: "endpoint",
    plural: "webhooks",
    key: "url",
    filled: ["environment", "environmentType"],
    sole: "url",
    told: ["signingSecrets", "signingSecret"],
    compared: "url",
  },
  /** By name. */
  keys: {
    kind: "ApiKey",
    label: "key",
    plural: "keys",
    key: "name",
    named: "name",
    filled: ["environment", "environmentType"],
    told: ["apiKeys", "value"],
    own: true,
  },
} as const satisfies Readonly<Record<string, SectionRow>>;

export type Section = keyof typeof sections;
/** Every section in the table's order. */
export const sectionNames = Object.keys(sections) as Section[];
/** The row of a section, with what others alone have. */
export const rowOf = (section: Section): SectionRow => sections[section];
/** Whether its entries are called by the slugs of flags. */
export const isOfFlags = (section: Section): boolean => rowOf(section).key === "flag";

/** Config keys of the environment itself; their values are inputs of an Environment. */
export const environmentKeys = ["name", "type", "deletionProtection"] as const;
/** Config keys of the go-live checklist: what each says is said of one environment alone. */
export const checklistKeys = ["confirmed", "customDomain", "enforce", "staging"] as const;

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
