import { readPrinted, type PrintedStep } from "./printed";
import { changesOf, type PropertyChange } from "./properties";
import { refusals, reports } from "./refusals";
import { partsOf } from "./urn";

export type Operation = "replace" | "delete" | "create" | "update";

/** One object that a deploy would change. */
export interface ResourceChange {
  readonly operation: Operation;
  readonly kind: string;
  readonly name: string;
  /** Inputs that differ; of an object that is made, those that it is made with. */
  readonly properties: readonly PropertyChange[];
  /** Inputs because of which it is replaced. */
  readonly because: readonly string[];
}

/** What a preview said of one stack. */
export interface Preview {
  readonly name: string;
  /** Why it went no further; empty when it went through. */
  readonly refused: readonly string[];
  readonly changes: readonly ResourceChange[];
  /** What the program reported, such as the go-live checklist. */
  readonly told: readonly string[];
}

// replacements and deletes first: they are what a reviewer must not miss
const operations: readonly Operation[] = ["replace", "delete", "update", "create"];
const operationOf = (op: string): Operation | undefined =>
  op === "import" ? "create" : operations.find((one) => one === op);

function changeOf({ op, urn, oldState, newState, replaceReasons }: PrintedStep): ResourceChange[] {
  const operation = operationOf(op);
  const { custom } = newState ?? oldState ?? {};
  // the stack, components and providers are the engine's own
  if (!operation || !custom || /::pulumi:providers:/.test(urn)) return [];
  const properties = changesOf(oldState?.inputs, newState?.inputs);
  return [{ operation, ...partsOf(urn), properties, because: replaceReasons ?? [] }];
}

/** Reads one stack's preview, whether it went well, was refused, or never began. */
export function readPreview(name: string, text: string): Preview {
  const printed = readPrinted(name, text);
  const changes = printed.steps.flatMap(changeOf);
  return {
    name,
    refused: refusals(printed),
    changes: operations.flatMap((one) => changes.filter(({ operation }) => operation === one)),
    told: reports(printed),
  };
}

/** How many objects each operation takes. */
export const countsOf = ({ changes }: Preview): Record<Operation, number> =>
  Object.fromEntries(
    operations.map((one) => [one, changes.filter(({ operation }) => operation === one).length]),
  ) as Record<Operation, number>;
