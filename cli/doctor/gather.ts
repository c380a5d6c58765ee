import path from "node:path";
import { GoliveError } from "@golive/provider";
import { type Context, UsageError } from "../context";
import type { Connected } from "../environment/connect";
import { valuesOf, viewOfConfig } from "../environment/from-config";
import { findEnvironment, readEnvironment } from "../environment/from-live";
import { exportState, readState, type State } from "../environment/from-state";
import { environmentName } from "../environment/sources";
import { type Project, stackName } from "../project/find";
import { readStackConfig } from "../project/stack-config";
import type { Found } from "./facts";

/** `production=state.json` by stack; a file without a name belongs to the stack that its name begins with. */
export const stateFiles = (context: Context, written: readonly string[]): Map<string, string> =>
  new Map(
    written.map((one) => {
      const at = one.indexOf("=");
      const stack = at > 0 ? one.slice(0, at) : path.basename(one).split(".")[0]!;
      return [stackName(stack), path.resolve(context.cwd, one.slice(at + 1))] as const;
    }),
  );

export interface Sources {
  readonly files: ReadonlyMap<string, string>;
  /** Whether to ask `pulumi` for the state that no file gives. */
  readonly exportState: boolean;
  readonly live?: (Connected & { readonly project?: string | undefined }) | undefined;
}

/** State from its file or from `pulumi`; why there is none, as a note. */
async function stateOf(
  context: Context,
  project: Project,
  stack: string,
  sources: Sources,
): Promise<State | string | undefined> {
  const label = stackName(stack);
  const file = sources.files.get(label);
  if (file) return readState(file, label);
  if (!sources.exportState) return undefined;
  try {
    const state = await exportState(project, stack, context.env);
    // a stack that was made and never deployed holds nothing yet
    return state.resources.length > 0 ? state : `${label} is not deployed yet: config alone is judged.`;
  } catch (error) {
    if (error instanceof GoliveError) return error.message;
    throw error;
  }
}

/** What config, state and the account say of one stack; what could not be read is noted. */
export async function gather(
  context: Context,
  project: Project,
  stack: string,
  sources: Sources,
): Promise<{ found: Found; notes: readonly string[] }> {
  const label = stackName(stack);
  const config = readStackConfig(project, stack);
  const state = await stateOf(context, project, stack, sources);
  const notes = typeof state === "string" ? [state] : [];
  const { customDomain } = valuesOf(config, project.name);
  const own: Found = {
    label,
    state: typeof state === "string" ? undefined : state,
    config: config.exists ? viewOfConfig(project.name, config) : undefined,
    customDomain: typeof customDomain === "string" ? customDomain : undefined,
  };
  if (!own.config && !own.state)
    throw new UsageError(`there is no stack ${label} here`, "Name a stack that has config or state.");
  return { found: { ...own, ...(sources.live ? await liveOf(context, sources.live, stack, own.state) : {}) }, notes };
}

async function liveOf(
  context: Context,
  { platform, project }: NonNullable<Sources["live"]>,
  stack: string,
  state: State | undefined,
): Promise<Partial<Found>> {
  // state knows which one it is; before the first deploy its name has to do
  const held = state?.resources.find(({ kind }) => kind === "Environment")?.id;
  const environment = await findEnvironment(platform, held ?? environmentName(context, stack), project);
  return {
    live: await readEnvironment(platform, environment),
    facts: await platform.facts?.environment(environment.id),
  };
}
