import type * as stage from "@golive/provider/stage";

/** What the SDK must know of a resource at run time. Written by the build from the definitions, so that no zod is loaded. */
export interface Shape {
  /** Every input and output: each is an output of the class, declared or not. */
  readonly properties: readonly string[];
  readonly secrets: readonly string[];
  /** Inputs that hold an id and also take the resource itself. */
  readonly refs: readonly string[];
  /** Input → the input that is given as a resource, and the property to take of it. */
  readonly from: Readonly<Record<string, readonly [input: string, property: string]>>;
  /** The input that guards against deletion, if there is one. */
  readonly protects?: string;
}

// eslint-disable-next-line typescript/no-require-imports -- JSON beside the compiled file, unknown to the compiler
const written = require("./shapes.json") as Readonly<Record<string, Shape>>;

export const shapes: Readonly<Record<string, Shape>> = written;
/** Of the provider itself: the names of its settings, and which are secret. */
export const provider = written["Provider"] as unknown as {
  readonly settings: readonly string[];
  readonly secrets: readonly string[];
};
/** The table of sections, and the keys beside them that a stage's config holds. */
export const { sections, environmentKeys, checklistKeys } = written["Stage"] as unknown as Pick<
  typeof stage,
  "sections" | "environmentKeys" | "checklistKeys"
>;
export type Section = stage.Section;
export const sectionNames = Object.keys(sections) as Section[];
export const rowOf = (section: Section): ReturnType<typeof stage.rowOf> => sections[section];
/** Whether its entries are called by the slugs of flags. */
export const isOfFlags = (section: Section): boolean => rowOf(section).key === "flag";
