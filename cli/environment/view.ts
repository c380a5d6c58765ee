import { definitions, type Field, type Kind } from "@golive/provider";
import { defaultOf, isDeclared } from "@golive/provider/lifecycle/compare";
import { environmentKeys, rowOf, type Section, sectionNames } from "@golive/provider/stage";

export type Entry = Readonly<Record<string, unknown>>;

/** One environment in the form of stack config, wherever it was read. */
export interface View {
  /** What people call it: the stack's name, or the environment's. */
  readonly label: string;
  readonly source: "config" | "state" | "live";
  /** Inputs of the Environment. */
  readonly environment: Entry;
  readonly entries: { readonly [S in Section]: Readonly<Record<string, Entry>> };
  /** Paths whose difference somebody explained: `# differs: <why>` beside the value in config. */
  readonly explained: ReadonlyMap<string, string>;
  /** What config holds as a comment. */
  readonly leftOut?: LeftOut;
}

import type { LeftOut } from "../project/explained";

export { SECRET } from "../project/values";

export const inputsOf = (kind: Kind): Readonly<Record<string, Field>> => definitions[kind].inputs;

/** The fields of an entry that config may hold: not what the stage fills in, and nothing of golive's own bookkeeping. */
export function fieldsOf(section: Section): readonly (readonly [name: string, field: Field])[] {
  const { kind, filled, named } = rowOf(section);
  const hidden = new Set<string>([...filled, ...(named ? [named] : []), "adopt"]);
  return Object.entries(inputsOf(kind)).filter(([name]) => !hidden.has(name));
}

/** An entry with its defaults, so that what one side says and the other leaves out compare as the same. */
export function completed(section: Section, entry: Entry): Entry {
  const definition: { complete?(inputs: object): object } = definitions[rowOf(section).kind];
  const full = Object.fromEntries(
    fieldsOf(section).flatMap(([name, field]) => {
      const parsed = field.schema.safeParse(entry[name] ?? undefined);
      const value: unknown = parsed.success ? parsed.data : (entry[name] ?? defaultOf(field));
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...full, ...definition.complete?.(full) };
}

/** A value without what is not set; `undefined` when nothing is left of it. */
function withoutUnset(value: unknown): unknown {
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const set = Object.entries(value as object).filter(([, inner]) => inner !== undefined && inner !== null);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

/** The declared part of an object's values: what config would say of it, without defaults. */
export const entryOf = (section: Section, values: Entry): Entry =>
  Object.fromEntries(
    fieldsOf(section).flatMap(([name, field]) => {
      // what a platform gave is nobody's declaration, and of a key its value
      const value = isDeclared(field, values) ? withoutUnset(values[name]) : undefined;
      return value === undefined || JSON.stringify(value) === JSON.stringify(defaultOf(field)) ? [] : [[name, value]];
    }),
  );

export const environmentOf = (values: Entry): Entry =>
  Object.fromEntries(environmentKeys.flatMap((key) => (values[key] == null ? [] : [[key, values[key]]])));

/** A value for each section. */
export const bySection = <T>(make: (section: Section) => T): { readonly [S in Section]: T } =>
  Object.fromEntries(sectionNames.map((section) => [section, make(section)])) as unknown as { [S in Section]: T };

/** Without a prototype: `__proto__` and `constructor` are names like others. */
const none = (): Record<string, Entry> => Object.create(null) as Record<string, Entry>;
export const noEntries = (): Record<Section, Record<string, Entry>> => bySection(none);

/** A name for an endpoint, which has none: the last words of its URL, made unique. */
export function endpointName(url: string, taken: Readonly<Record<string, unknown>>): string {
  const { pathname, hostname } = new URL(url);
  const words = pathname.split("/").filter(Boolean);
  const base = (words.at(-1) ?? hostname.split(".")[0]!).replace(/[^\w-]/g, "-");
  const longer = [base, words.join("-").replace(/[^\w-]/g, "-"), `${hostname}-${base}`.replace(/[^\w-]/g, "-")];
  return longer.find((name) => name !== "" && !(name in taken)) ?? `${base}-${Object.keys(taken).length}`;
}
