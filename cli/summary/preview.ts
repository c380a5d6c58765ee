import { GoliveError } from "@golive/provider";
import { changesOf, type PropertyChange } from "./properties";

export type Operation = "replace" | "delete" | "create" | "update";

/** One object that a deploy would change. */
export interface Change {
  readonly operation: Operation;
  readonly kind: string;
  readonly name: string;
  /** Inputs that differ; of an object that is made, those that it is made with. */
  readonly properties: readonly PropertyChange[];
}

/** What a preview said of one stack. */
export interface Preview {
  readonly name: string;
  /** Why it went no further; empty when it went through. */
  readonly refused: readonly string[];
  readonly changes: readonly Change[];
  /** What the program reported, such as the go-live checklist. */
  readonly told: readonly string[];
}

interface State {
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: State;
  readonly newState?: State;
}
/** What `pulumi preview --json` prints, as far as it is read here; a refused preview prints it too. */
interface Printed {
  readonly steps?: readonly Step[];
  readonly diagnostics?: readonly { readonly urn?: string; readonly message: string; readonly severity: string }[];
}

// replacements and deletes first: they are what a reviewer must not miss
const operations: readonly Operation[] = ["replace", "delete", "update", "create"];
const operationOf = (op: string): Operation | undefined =>
  op === "import" ? "create" : operations.find((one) => one === op);

/** `urn:pulumi:dev::shop::golive:index:Stage$pulumi-nodejs:dynamic/golive:ApiKey::backend` as kind and name. */
function partsOf(urn: string): { kind: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { kind: types.split("$").at(-1)!.split(":").at(-1)!, name: name.join("::") };
}

function changeOf({ op, urn, oldState, newState }: Step): Change[] {
  const operation = operationOf(op);
  const { custom } = newState ?? oldState ?? {};
  // the stack, components and providers are the engine's own
  if (!operation || !custom || /::pulumi:providers:/.test(urn)) return [];
  return [{ operation, ...partsOf(urn), properties: changesOf(oldState?.inputs, newState?.inputs) }];
}

const ownerOf = (urn: string | undefined): string => {
  if (urn === undefined) return "";
  const { kind, name } = partsOf(urn);
  return `${kind} "${name}": `;
};

/** Reads one stack's preview. Text that is no such JSON is a preview that failed before it began: its last lines say why. */
export function readPreview(name: string, text: string): Preview {
  let printed: Printed;
  try {
    printed = JSON.parse(text) as Printed;
  } catch {
    const lines = text.trim().split("\n").slice(-20);
    return { name, refused: [lines.join("\n") || "The preview printed nothing."], changes: [], told: [] };
  }
  if (typeof printed !== "object" || printed === null || !Array.isArray(printed.steps))
    throw new GoliveError(`the preview of ${name} is no preview`, "Give what `pulumi preview --json` printed.");
  const diagnostics = printed.diagnostics ?? [];
  const changes = printed.steps.flatMap(changeOf);
  return {
    name,
    refused: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ urn, message }) => `${ownerOf(urn)}${message.replace(/^error: /, "").trim()}`),
    changes: operations.flatMap((one) => changes.filter(({ operation }) => operation === one)),
    told: diagnostics
      .filter(({ severity }) => severity === "info" || severity === "warning")
      .map(({ severity, message }) => `${severity === "warning" ? "warning: " : ""}${message.trim()}`),
  };
}

/** How many objects each operation takes. */
export const countsOf = ({ changes }: Preview): Record<Operation, number> =>
  Object.fromEntries(
    operations.map((one) => [one, changes.filter(({ operation }) => operation === one).length]),
  ) as Record<Operation, number>;
