import { GoliveError } from "@golive/provider/errors";
import { redact } from "@golive/provider/http/secret";
import { stripVTControlCharacters } from "node:util";

export interface State {
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}
export interface PrintedStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: State;
  readonly newState?: State;
  /** Properties that make it a replacement. */
  readonly replaceReasons?: readonly string[] | null;
}
export interface Diagnostic {
  readonly urn?: string;
  readonly message: string;
  readonly severity: string;
}
/** What `pulumi preview --json` prints, as far as it is read here; a refused preview prints it too. */
export interface Printed {
  readonly steps: readonly PrintedStep[];
  readonly diagnostics: readonly Diagnostic[];
  /** What stands around it: stderr, where that went into the same file. */
  readonly around: string;
  /** Whether there was nothing to print: the preview failed before it began. */
  readonly missing: boolean;
}

/** The engine indents what it prints: braces of its own stand alone on their lines. */
const documents = /^\{\r?\n[^]*?^\}\r?$|^\{.*\}\s*$/gm;
/** Pulumi masks what it knows to be secret; what looks like a key is none the less not shown. */
const masked = (_: string, value: unknown): unknown => (typeof value === "string" ? redact(value) : value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text, masked);
  } catch {
    return undefined; // braces of something else
  }
}
const isPreview = (value: unknown): value is Pick<Printed, "steps" | "diagnostics"> =>
  typeof value === "object" &&
  value !== null &&
  ("steps" in value || "diagnostics" in value) &&
  // an empty list may be printed as null
  [value].every(({ steps, diagnostics }: { steps?: unknown; diagnostics?: unknown }) =>
    [steps, diagnostics].every((part) => part === undefined || part === null || Array.isArray(part)),
  );
/** How the engine begins a line when it ends before it could preview anything. */
const failure = /^(error|panic|fatal error): /m;

export function readPrinted(name: string, text: string): Printed {
  for (const [found] of text.matchAll(documents)) {
    const value = parse(found);
    if (!isPreview(value)) continue;
    const { steps, diagnostics } = value;
    return {
      steps: steps ?? [],
      diagnostics: diagnostics ?? [],
      around: redact(text.replace(found, "")),
      missing: false,
    };
  }
  const isFailure = text.trim() === "" || failure.test(stripVTControlCharacters(text));
  if (!isFailure || parse(text) !== undefined)
    throw new GoliveError(`the preview of ${name} is no preview`, "Give what `pulumi preview --json` printed.");
  return { steps: [], diagnostics: [], around: redact(text), missing: true };
}
