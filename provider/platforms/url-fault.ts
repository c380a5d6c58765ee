import { definitions, type Kind } from "../resources";
import type { Bag, Failure } from "../define";
import type { Rules } from "./platform";

/** The first of a list may be its default, for which more holds. */
const harmless = "https://app.example.com";

type Rule = (inputs: Bag) => readonly Failure[];

/** What production's rules of a platform say against a URL in a field of this name; `kind` is that of the application. */
export function urlFault(rules: Rules, field: string, url: string, kind: string | undefined): string | undefined {
  const rest = { environmentType: "production", ...(kind === undefined ? {} : { kind }) };
  for (const [type, rule] of Object.entries(rules) as [Kind, Rule][]) {
    const schema = (
      definitions[type].inputs as Readonly<Record<string, { schema: { safeParse(v: unknown): { success: boolean } } }>>
    )[field]?.schema;
    // a URL, a list of them, or a list of objects that have one
    const value = [url, [harmless, url], [{ uri: url, default: false }]].find((one) => schema?.safeParse(one).success);
    const [fault] = value === undefined ? [] : rule({ ...rest, [field]: value });
    if (fault) return fault.reason;
  }
  return undefined;
}
