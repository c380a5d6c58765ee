// What the engine did, read from its event log: the text of the CLI is for people and changes with its version.

/** One step of an operation on one resource. */
export interface Step {
  /** create, update, same, delete, replace, create-replacement, delete-replaced, read, refresh, import ... */
  op: string;
  urn: string;
  type: string;
  name: string;
  id: string;
  /** Input names that differ; empty for dynamic resources, whose server sends none. */
  diffs: string[];
  /** Input names that force a replacement. */
  replaceKeys: string[];
  detailedDiff: Record<string, unknown> | null;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** The engine reported the end of the step; a step that failed or was cut short is not done. */
  done: boolean;
  failed: boolean;
}

export interface Diagnostic {
  /** error, warning, info, or info#err (what a plugin or the program wrote to stderr). */
  severity: string;
  urn: string;
  message: string;
}

/** Steps that are done, without the stack itself and providers. A replacement counts once. */
export interface Summary {
  create: number;
  update: number;
  same: number;
  delete: number;
  replace: number;
  read: number;
}

export interface Events {
  steps: Step[];
  summary: Summary;
  diagnostics: Diagnostic[];
}

interface StateOf {
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old: StateOf | null;
  new: StateOf | null;
  keys?: string[] | null;
  diffs?: string[] | null;
  detailedDiff?: Record<string, unknown> | null;
}

interface EngineEvent {
  resourcePreEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  diagnosticEvent?: { urn?: string; message: string; severity: string };
}

const colours = /<\{%[^%]*%\}>/g;

function stepOf(metadata: StepMetadata): Step {
  const state = metadata.new ?? metadata.old;
  return {
    op: metadata.op,
    urn: metadata.urn,
    type: metadata.type,
    name: metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2),
    id: state?.id ?? "",
    diffs: metadata.diffs ?? [],
    replaceKeys: metadata.keys ?? [],
    detailedDiff: metadata.detailedDiff ?? null,
    inputs: state?.inputs ?? {},
    outputs: state?.outputs ?? {},
    done: false,
    failed: false,
  };
}

/** The open step that an event ends. A refresh begins as `refresh` and ends as what it found: same, update or delete. */
function isEndedBy(step: Step, { urn, op }: StepMetadata): boolean {
  return step.urn === urn && !step.done && !step.failed && (step.op === op || step.op === "refresh");
}

function summarise(steps: Step[]): Summary {
  const summary: Summary = { create: 0, update: 0, same: 0, delete: 0, replace: 0, read: 0 };
  for (const { op, type, done } of steps) {
    if (!done || type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) continue;
    if (op in summary) summary[op as keyof Summary] += 1;
  }
  return summary;
}

/** Reads an event log: one JSON object per line. A killed CLI may leave its last line unfinished. */
export function readEvents(log: string): Events {
  const steps: Step[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const line of log.slice(0, log.lastIndexOf("\n") + 1).split("\n")) {
    if (line === "") continue;
    const event = JSON.parse(line) as EngineEvent;
    if (event.resourcePreEvent) steps.push(stepOf(event.resourcePreEvent.metadata));
    const ended = event.resOutputsEvent ?? event.resOpFailedEvent;
    if (ended) {
      const index = steps.findIndex((step) => isEndedBy(step, ended.metadata));
      const step = {
        ...stepOf(ended.metadata),
        done: !event.resOpFailedEvent,
        failed: Boolean(event.resOpFailedEvent),
      };
      // The stack's outputs end its step a second time: there is none open then.
      if (index >= 0) steps[index] = step;
    }
    const { diagnosticEvent } = event;
    if (diagnosticEvent && diagnosticEvent.severity !== "debug") {
      const { severity, urn = "", message } = diagnosticEvent;
      diagnostics.push({ severity, urn, message: message.replace(colours, "").trim() });
    }
  }
  return { steps, summary: summarise(steps), diagnostics };
}
