import path from "node:path";
import { GoliveError } from "@golive/provider";
import type { Live, Platform } from "@golive/provider/platforms/platform";
import { type Context, UsageError } from "../context";
import { findProject, stackName } from "../project/find";
import { requireStackConfig } from "../project/stack-config";
import { viewOfConfig } from "./from-config";
import { AmbiguousName, findEnvironment, readEnvironment, viewOfLive } from "./from-live";
import { exportState, readState, viewOfState } from "./from-state";
import { bySection, type Entry, type View } from "./view";

export const viewFromConfig = (context: Context, stack: string): View => {
  const project = findProject(context.cwd);
  return viewOfConfig(project.name, requireStackConfig(project, stack));
};

/** The same; `undefined` where there is no project here, or the stack has no config: the account is all there is. */
function declaredView(context: Context, stack: string): View | undefined {
  try {
    return viewFromConfig(context, stack);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The name under which a stack's environment stands in the account: what config says, else the stack's own. */
const nameOf = (declared: View | undefined, stack: string): string => {
  const name = declared?.environment["name"];
  return typeof name === "string" ? name : stackName(stack);
};
export const environmentName = (context: Context, stack: string): string => nameOf(declaredView(context, stack), stack);

/** A view with what config alone knows: why a value differs, and whose it is. */
function explainedBy(declared: View | undefined, view: View): View {
  if (!declared) return view;
  const entries = bySection((section) =>
    Object.fromEntries(
      Object.entries(view.entries[section]).map(([name, entry]): [string, Entry] => {
        const ownedBy = declared.entries[section][name]?.["ownedBy"];
        return [name, ownedBy === undefined ? entry : { ownedBy, ...entry }];
      }),
    ),
  );
  const { explained, leftOut } = declared;
  return { ...view, entries, explained, ...(leftOut && { leftOut }) };
}

export const viewFromState = async (context: Context, stack: string, file: string | undefined): Promise<View> => {
  const state =
    file === undefined
      ? await exportState(findProject(context.cwd), stack, context.env)
      : readState(path.resolve(context.cwd, file), stack);
  return explainedBy(declaredView(context, stack), viewOfState(state));
};

/** The environment of a stack, by its name; where several have that, by its id in state. */
async function environmentOf(
  context: Context,
  platform: Platform,
  stack: string,
  name: string,
  within: string | undefined,
): Promise<Live<"Environment">> {
  try {
    return await findEnvironment(platform, name, within);
  } catch (error) {
    const id = error instanceof AmbiguousName ? await heldId(context, stack) : undefined;
    if (id === undefined) throw error;
    return findEnvironment(platform, id);
  }
}
async function heldId(context: Context, stack: string): Promise<string | undefined> {
  try {
    const { resources } = await exportState(findProject(context.cwd), stack, context.env);
    return resources.find(({ kind }) => kind === "Environment")?.id;
  } catch (error) {
    if (error instanceof GoliveError) return undefined; // no project, no Pulumi or no state
    throw error;
  }
}

export const viewFromLive = async (
  context: Context,
  platform: Platform,
  stack: string,
  within?: string,
): Promise<View> => {
  const declared = declaredView(context, stack);
  const environment = await environmentOf(context, platform, stack, nameOf(declared, stack), within);
  return explainedBy(declared, viewOfLive(await readEnvironment(platform, environment), stack, declared));
};
