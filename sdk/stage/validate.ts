// Loaded by a stage that is being made, never by `import` of the SDK: zod comes with it.
import { definitions, type Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { check } from "@golive/provider/lifecycle/check";
import { nearest } from "@golive/provider/nearest";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import { isOfFlags, rowOf, type Section, sectionNames } from "@golive/provider/stage";
import * as pulumi from "@pulumi/pulumi";
import type { StageArgs } from "./args";
import { type Declared, isMap } from "./declared";

/** One thing to correct. `path` is that of the value in config. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}
type Bag = Record<string, unknown>;

const step = (name: string): string => (/^[\w-]+$/.test(name) ? `.${name}` : `["${name}"]`);
const described = (value: unknown): string => (Array.isArray(value) ? "a list" : `a ${typeof value}`);

/** Outputs, promises and resources are known when the engine asks: until then they may be anything. */
function known(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, known(part)])) : value;
}

/** What a definition says against these inputs, at paths below `prefix`. */
const faultsOf = (kind: Kind, inputs: Bag, prefix: string, { rules }: PlatformModule): Fault[] =>
  check(definitions[kind], {}, known(inputs) as Bag, rules).failures.map(({ property, reason }) => ({
    path: `${prefix}${property}`,
    reason: reason === "is required" ? "is missing: add it" : reason,
  }));

function entryFaults(
  section: Section,
  type: StageArgs["type"],
  name: string,
  written: unknown,
  platform: PlatformModule,
): Fault[] {
  const { kind, named, filled } = rowOf(section);
  const path = `${section}${step(name)}`;
  if (!isMap(written)) return [{ path, reason: `is ${described(written)}: write its fields, or {} for none` }];
  const own = [...filled, ...(named ? [named] : [])];
  const inputs = { ...written, ...Object.fromEntries(filled.map((field) => [field, UNKNOWN])) };
  return [
    ...own.flatMap((field) =>
      written[field] === undefined || written[field] === null
        ? []
        : [{ path: `${path}.${field}`, reason: "is filled in by the stage: remove it" }],
    ),
    ...faultsOf(kind, { ...inputs, environmentType: type, ...(named ? { [named]: name } : {}) }, `${path}.`, platform),
  ];
}

/** Of what an environment takes one, two entries with the same. */
function twiceFaults(section: Section, entries: Bag): Fault[] {
  const field = rowOf(section).sole;
  const first = new Map<unknown, string>();
  return Object.entries(entries).flatMap(([name, entry]) => {
    const value = field && isMap(entry) ? entry[field] : undefined;
    if (value === undefined || value === null || value === false) return [];
    const other = first.get(value);
    first.set(value, other ?? name);
    const reason = `is that of ${section}${step(other ?? "")} too, and an environment takes it once: change one of the two`;
    return other === undefined ? [] : [{ path: `${section}${step(name)}.${field}`, reason }];
  });
}

function sectionFaults(section: Section, entries: unknown, type: StageArgs["type"], platform: PlatformModule): Fault[] {
  if (entries === undefined) return [];
  if (!platform.sections.includes(section))
    return [{ path: section, reason: `is nothing that an environment of ${platform.title} has: remove it` }];
  if (!isMap(entries)) return [{ path: section, reason: `is ${described(entries)}: write its entries by name` }];
  return [
    ...Object.entries(entries).flatMap(([name, entry]) => entryFaults(section, type, name, entry ?? {}, platform)),
    ...twiceFaults(section, entries),
  ];
}

const missingProject =
  "is missing: name the stack that owns the project and its flags, e.g. `organization/shop-shared/shared`";

function projectFaults(declared: Declared): Fault[] {
  const { shared, project, flagIds } = declared;
  const slugs = sectionNames.filter(isOfFlags).flatMap((section) => {
    const entries: unknown = declared[section];
    return isMap(entries) ? Object.keys(entries).map((slug) => ({ section, slug })) : [];
  });
  if (shared === undefined && project === undefined) return [{ path: "shared", reason: missingProject }];
  if (shared === undefined && flagIds === undefined && slugs.length > 0)
    return [{ path: slugs[0]!.section, reason: "needs the flags' ids: set `shared` to the stack that owns them" }];
  if (!isMap(flagIds) || pulumi.Output.isInstance(flagIds)) return [];
  return slugs
    .filter(({ slug }) => flagIds[slug] === undefined)
    .map(({ section, slug }) => ({
      path: `${section}${step(slug)}`,
      reason: "is no flag of flagIds: define it, or remove it",
    }));
}

/** Everything that is wrong with an environment, before any of it is registered. */
export function faults(declared: Declared, platform: PlatformModule): Fault[] {
  const { name, type, deletionProtection } = declared;
  // a type that is none leaves open which rules hold
  const certain = type === "staging" || type === "production" ? type : undefined;
  return [
    ...faultsOf("Environment", { project: UNKNOWN, name, type, deletionProtection }, "", platform),
    ...projectFaults(declared),
    ...sectionNames.flatMap((section) => sectionFaults(section, declared[section], certain, platform)),
  ];
}

/** The key that somebody most likely meant by one that is none of them. */
export const meant = (key: string, keys: readonly string[]): string | undefined =>
  keys.includes(key) ? undefined : nearest(key, keys);
