import { environment as environmentDefinition, type Field } from "@golive/provider";
import { same } from "@golive/provider/lifecycle/compare";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import { environmentKeys, type Section, sections } from "@golive/provider/stage";
import type { Passage } from "../clone/crossing";
import { hostsOf, inferHosts, urlParts } from "../clone/hosts";
import { strings } from "../clone/urls";
import { crossUrl } from "../clone/url";
import { completed, type Entry, fieldsOf, sectionNames, type View } from "../environment/view";

export interface Difference {
  /** E.g. `applications.web.redirectUris`. */
  readonly path: string;
  readonly staging?: unknown;
  readonly production?: unknown;
  readonly verdict: "same" | "design" | "accident";
  /** Why the two differ, or should not. */
  readonly reason: string;
}
type Judged = Pick<Difference, "verdict" | "reason">;
const design = (reason: string): Judged => ({ verdict: "design", reason });
const accident = (reason: string): Judged => ({ verdict: "accident", reason });

/** Two environments side by side: every value of either, and why the two differ. */
export function compare(
  staging: View,
  production: View,
  platform: PlatformModule,
  mappings: readonly (readonly [from: string, to: string])[] = [],
): Difference[] {
  const way = { hosts: hostsOf(mappings, inferHosts(urlPairs(staging, production))), platform };
  const own = environmentKeys.flatMap((name) => {
    const field = environmentDefinition.inputs[name] as Field;
    return difference(name, field, staging.environment[name], production.environment[name], {
      ...way,
      production,
      kind: undefined,
      owners: undefined,
    });
  });
  return [...own, ...sectionNames.flatMap((section) => compareSection(section, staging, production, way))];
}

function compareSection(section: Section, staging: View, production: View, way: Way): Difference[] {
  const [before, after] = [staging.entries[section], production.entries[section]];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const path = `${section}.${name}`;
    const [one, other] = [before[name], after[name]];
    if (!one || !other) {
      const why = production.explained.get(path) ?? staging.explained.get(path);
      const judged = why
        ? design(why)
        : accident(one ? `production has fallen behind: \`golive clone\` adds it` : "staging has never tried it");
      return [{ path, staging: one && "declared", production: other && "declared", ...judged }];
    }
    const [left, right] = [completed(section, one), completed(section, other)];
    const about = { ...way, production, kind: right["kind"], owners: right["ownedBy"] };
    return fieldsOf(section).flatMap(([fieldName, field]) =>
      difference(`${path}.${fieldName}`, field, left[fieldName], right[fieldName], about),
    );
  });
}

/** What a URL goes by on its way to production. */
type Way = Pick<Passage, "hosts" | "platform">;
interface About extends Way {
  readonly production: View;
  readonly kind: unknown;
  readonly owners: unknown;
}

function difference(path: string, field: Field, staging: unknown, production: unknown, about: About): Difference[] {
  if (staging === undefined && production === undefined) return [];
  if (same(field, staging, production)) return [{ path, staging, production, verdict: "same", reason: "" }];
  return [{ path, staging, production, ...judge(path, field, staging, production, about) }];
}

function judge(path: string, field: Field, staging: unknown, production: unknown, about: About): Judged {
  const name = path.slice(path.lastIndexOf(".") + 1);
  const why = whyOf(about.production, path);
  if (why) return design(why);
  if ((about.owners as Entry | undefined)?.[name] === "people") return design("people own it in production");
  if (field.crossing === "ask" || field.ref) return design("ask: differs by nature");
  if (field.crossing === "drop") return design("drop: each environment has its own");
  if (field.crossing === "transform") return judgeUrls(name, staging, production, about);
  return accident("copy: is meant to be the same");
}

/** What explains a value explains all that it holds. */
function whyOf({ explained }: View, path: string): string | undefined {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), 0))) {
    const why = explained.get(at);
    if (why) return why;
  }
  return undefined;
}

/** URLs may differ in scheme and host; what stands behind the host, and how many there are, may not. */
function judgeUrls(name: string, staging: unknown, production: unknown, { hosts, platform, kind }: About): Judged {
  const there = new Set(strings(production).map(identity));
  const expected = strings(staging).flatMap((text) => {
    const outcome = crossUrl(text, name, { hosts, platform, kind: typeof kind === "string" ? kind : undefined });
    return "to" in outcome ? [outcome.to] : outcome.action === "asked" ? [text] : [];
  });
  const known = new Set(expected.map(identity));
  const missing = expected.filter((text) => !there.has(identity(text)));
  const extra = strings(production).filter((text) => !known.has(identity(text)));
  if (missing.length > 0) return accident(`production lacks ${missing.join(", ")}`);
  if (extra.length > 0) return accident(`staging has nothing like ${extra.join(", ")}`);
  return design("transform: https, the host of production, no localhost");
}
const identity = (text: string): string => urlParts(text)?.rest.replace(/^\/$/, "") ?? text;

function urlPairs(staging: View, production: View): (readonly [string[], string[]])[] {
  return sectionNames.flatMap((section) =>
    Object.entries(staging.entries[section]).flatMap(([name, entry]) =>
      Object.entries(entry).map(
        ([field, value]) => [strings(value), strings(production.entries[section][name]?.[field])] as const,
      ),
    ),
  );
}

/** How many values are of each verdict. */
export const counted = (differences: readonly Difference[]): Record<Difference["verdict"], number> => ({
  same: differences.filter(({ verdict }) => verdict === "same").length,
  design: differences.filter(({ verdict }) => verdict === "design").length,
  accident: differences.filter(({ verdict }) => verdict === "accident").length,
});

/** Resource type of a path, for a reader who knows those names. */
export const kindOfPath = (path: string): string =>
  sections[path.slice(0, Math.max(path.indexOf("."), 0)) as Section]?.kind ?? "Environment";
