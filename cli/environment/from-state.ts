import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { definitions, GoliveError, type Kind } from "@golive/provider";
import { rowOf, type Section, sectionNames } from "@golive/provider/stage";
import type { Project } from "../project/find";
import { readText } from "../project/text";
import { endpointName, type Entry, entryOf, environmentOf, noEntries, SECRET, type View } from "./view";

/** One golive resource of a stack's state, its secrets masked. */
export interface Resource {
  readonly kind: Kind;
  /** Its name in the program. */
  readonly name: string;
  readonly id: string;
  readonly inputs: Entry;
  readonly outputs: Entry;
  /** Names of the outputs that state holds encrypted. */
  readonly secrets: readonly string[];
}
export interface State {
  readonly label: string;
  readonly resources: readonly Resource[];
  /** What the stack exports, its secrets masked. */
  readonly outputs: Entry;
}

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Entry;
  readonly outputs?: Entry;
}
interface Exported {
  readonly deployment?: { readonly resources?: unknown };
}
const isBag = (value: unknown): boolean => typeof value === "object" && value !== null;

const secretMark = "4dabf18193072939515e22adb298388d";
const isSecret = (value: unknown): boolean => typeof value === "object" && value !== null && secretMark in value;
const masked = (value: unknown): unknown => {
  if (isSecret(value)) return SECRET;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
};
const kindOf = (type: string): Kind | undefined => {
  const found = /^(?:pulumi-nodejs:dynamic\/golive|golive:index):(\w+)$/.exec(type)?.[1];
  return found && Object.hasOwn(definitions, found) ? (found as Kind) : undefined;
};

/** What `pulumi stack export` prints, with or without secrets in the clear. */
export function parseState(text: string, label: string): State {
  let exported: Exported;
  try {
    exported = JSON.parse(text) as Exported;
  } catch {
    throw new GoliveError(`the state of ${label} is no JSON`, "Write it with `pulumi stack export --file state.json`.");
  }
  const all: unknown =
    isBag(exported) && isBag(exported.deployment) ? (exported.deployment?.resources ?? []) : undefined;
  if (!Array.isArray(all))
    throw new GoliveError(
      `the state of ${label} is no state`,
      "Write it with `pulumi stack export --file state.json`.",
    );
  return stateOf(all as readonly ExportedResource[], label);
}

function stateOf(all: readonly ExportedResource[], label: string): State {
  const stack = all.find(({ type }) => type === "pulumi:pulumi:Stack");
  const resources = all.flatMap(({ type, urn, id, inputs = {}, outputs = {} }) => {
    const kind = kindOf(type);
    if (!kind || !id) return [];
    const name = urn.split("::").at(-1)!;
    const secrets = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
    return [{ kind, name, id, inputs: masked(inputs) as Entry, outputs: masked(outputs) as Entry, secrets }];
  });
  return { label, resources, outputs: masked(stack?.outputs ?? {}) as Entry };
}

/** A state that a person exported into a file. */
export function readState(file: string, label: string): State {
  let text: string;
  try {
    ({ text } = readText(file, file));
  } catch (error) {
    if (error instanceof GoliveError) throw error;
    throw new GoliveError(`${file} cannot be read`, "Write it with `pulumi stack export --file state.json`.");
  }
  return parseState(text, label);
}

/** The state of a stack, as the Pulumi CLI exports it in the project's folder. Its secrets stay encrypted. */
export async function exportState(project: Project, stack: string, env: NodeJS.ProcessEnv): Promise<State> {
  const args = ["stack", "export", "--stack", stack, "--non-interactive"];
  try {
    const options = { cwd: project.folder, env, maxBuffer: 1 << 28 };
    const { stdout } = await promisify(execFile)("pulumi", args, options);
    return parseState(stdout, stack);
  } catch (error) {
    if (error instanceof GoliveError) throw error;
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === "ENOENT")
      throw new GoliveError("`pulumi` is not on PATH", "Install Pulumi, or give --state-file with an exported state.");
    const said = stderr
      ?.trim()
      .split("\n")
      .at(-1)
      ?.replace(/^error: /, "");
    throw new GoliveError(`the state of ${stack} cannot be read: ${said}`, "Or give --state-file.");
  }
}

/** An environment as a state holds it: what was declared at the last `up`. */
export function viewOfState(state: State): View {
  const environments = state.resources.filter(({ kind }) => kind === "Environment");
  if (environments.length !== 1)
    throw new GoliveError(
      `the state of ${state.label} holds ${environments.length || "no"} environment${environments.length > 1 ? "s" : ""}`,
      environments.length > 1 ? "Compare stacks of one environment each, or use --live." : "Run `pulumi up` first.",
    );
  const entries = noEntries();
  for (const resource of state.resources) {
    const section = sectionNames.find((name) => rowOf(name).kind === resource.kind);
    if (!section) continue;
    entries[section][nameOf(section, resource, entries[section])] = entryOf(section, resource.inputs);
  }
  const { inputs, outputs } = environments[0]!;
  return {
    label: state.label,
    source: "state",
    environment: environmentOf({ ...outputs, ...inputs }),
    entries,
    explained: new Map(),
  };
}

/** An entry's name: its own where it has one, else what the program calls the resource. */
function nameOf(section: Section, { name, inputs }: Resource, taken: Entry): string {
  const { named, key } = rowOf(section);
  const own = named === undefined ? undefined : inputs[named];
  if (typeof own === "string") return own;
  return key === "url" && name in taken ? endpointName(String(inputs[key]), taken) : name;
}
