import { environment as environmentDefinition, type Field } from "@golive/provider";
import { same } from "@golive/provider/lifecycle/compare";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import { environmentKeys, type Section, sectionNames, sections } from "@golive/provider/stage";
import type { Passage } from "../clone/crossing";
import { hostsOf, inferHosts } from "../clone/hosts";
import { type Said, whyField, whyWithout } from "../clone/design";
import { type CrossedMember, twinEntry, twinsOf } from "../clone/twins";
import { strings } from "../clone/urls";
import { crossUrl } from "../clone/url";
import { shownValue } from "../credentials";
import { completed, type Entry, fieldsOf, type View } from "../environment/view";

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
  const said = saidOf(staging, production);
  const own = environmentKeys.flatMap((name) => {
    const field = environmentDefinition.inputs[name] as Field;
    return difference(name, field, staging.environment[name], production.environment[name], {
      ...way,
      said,
      section: undefined,
      entry: { name: "", ownedBy: undefined },
      kind: undefined,
    });
  });
  return [...own, ...sectionNames.flatMap((section) => compareSection(section, staging, production, way))].map(
    shownValue,
  );
}

function compareSection(section: Section, staging: View, production: View, way: Way): Difference[] {
  const [before, after] = [staging.entries[section], production.entries[section]];
  const said = saidOf(staging, production);
  return pairsOf(section, before, after, way).flatMap(([name, twin]) => {
    const path = `${section}.${name}`;
    const [one, other] = [before[name], twin === undefined ? undefined : after[twin]];
    if (!one || !other) {
      const why = whyWithout(said, section, name);
      const judged = why
        ? design(why)
        : accident(one ? `production has fallen behind: \`golive clone\` adds it` : "staging has never tried it");
      return [{ path, staging: one && "declared", production: other && "declared", ...judged }];
    }
    const [left, right] = [completed(section, one), completed(section, other)];
    const entry = { name: twin ?? name, ownedBy: right["ownedBy"] };
    const about = { ...way, said, section, entry, kind: other["kind"] ?? one["kind"] };
    return fieldsOf(section).flatMap(([fieldName, field]) =>
      difference(`${path}.${fieldName}`, field, left[fieldName], right[fieldName], about),
    );
  });
}

type Entries = Readonly<Record<string, Entry>>;
/** Each entry with its twin in production, as clone pairs them; then what production alone has. */
function pairsOf(section: Section, before: Entries, after: Entries, { hosts }: Way): [name: string, twin?: string][] {
  const there = Object.entries(after).map(([key, value]) => ({ key, value }));
  const taken = new Set(Object.keys(before));
  const pairs = Object.entries(before).map(([key, value]): [string, string?] => {
    const twin = twinEntry(section, { key, value }, there, taken, hosts)?.key;
    if (twin === undefined) return [key];
    taken.add(twin);
    return [key, twin];
  });
  const found = new Set(pairs.map(([, twin]) => twin));
  const rest = Object.keys(after).filter((key) => !found.has(key));
  return [...pairs, ...rest.map((key): [string, string] => [key, key])];
}

/** What a URL goes by on its way to production. */
type Way = Pick<Passage, "hosts" | "platform">;
interface About extends Way {
  readonly said: Said;
  readonly section: Section | undefined;
  /** Production's. */
  readonly entry: { readonly name: string; readonly ownedBy: unknown };
  readonly kind: unknown;
}
const saidOf = (staging: View, production: View): Said => ({
  staging: staging.explained,
  production: production.explained,
  leftOut: production.leftOut,
});

function difference(path: string, field: Field, staging: unknown, production: unknown, about: About): Difference[] {
  if (staging === undefined && production === undefined) return [];
  if (same(field, staging, production)) return [{ path, staging, production, verdict: "same", reason: "" }];
  return [{ path, staging, production, ...judge(path, field, staging, production, about) }];
}

function judge(path: string, field: Field, staging: unknown, production: unknown, about: About): Judged {
  const name = path.slice(path.lastIndexOf(".") + 1);
  const why = whyField(about.said, about.section, about.entry, name);
  if (why) return design(why);
  if (field.crossing === "ask" || field.ref) return design("ask: differs by nature");
  if (field.crossing === "drop") return design("drop: each environment has its own");
  if (field.crossing === "transform") return judgeUrls(name, staging, production, about);
  return accident("copy: is meant to be the same");
}

/** URLs may differ in scheme and host; what stands behind the host, and how many there are, may not. Twins are those of clone. */
function judgeUrls(name: string, staging: unknown, production: unknown, { hosts, platform, kind }: About): Judged {
  const there = strings(production);
  const crossed = strings(staging).map((from): CrossedMember => {
    const outcome = crossUrl(from, name, { hosts, platform, kind: typeof kind === "string" ? kind : undefined });
    return { from, to: "to" in outcome ? outcome.to : undefined, isDropped: outcome.action === "dropped" };
  });
  const twins = twinsOf(crossed, there);
  const found = new Set(twins.values());
  const missing = crossed.flatMap(({ from, to, isDropped }, i) => (twins.has(i) || isDropped ? [] : [to ?? from]));
  const extra = there.filter((_, i) => !found.has(i));
  if (missing.length > 0) return accident(`production lacks ${missing.join(", ")}`);
  if (extra.length > 0) return accident(`staging has nothing like ${extra.join(", ")}`);
  return design("transform: https, the host of production, no localhost");
}

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
