/** What the SDK must know of a resource at run time. Written by the build from the definitions, so that no zod is loaded. */
export interface Shape {
  readonly outputs: readonly string[];
  readonly secrets: readonly string[];
  /** Inputs that hold an id and also take the resource itself. */
  readonly refs: readonly string[];
  /** Input → the input that is given as a resource, and the property to take of it. */
  readonly from: Readonly<Record<string, readonly [input: string, property: string]>>;
  /** The input that guards against deletion, if there is one. */
  readonly protects?: string;
}

// eslint-disable-next-line typescript/no-require-imports -- JSON beside the compiled file, unknown to the compiler
export const shapes = require("./shapes.json") as Readonly<Record<string, Shape>>;
