import path from "node:path";
import type { Platform } from "@golive/provider/platforms/platform";
import { type Context, UsageError } from "../context";
import { findProject } from "../project/find";
import { requireStackConfig } from "../project/stack-config";
import { viewOfConfig } from "./from-config";
import { findEnvironment, readEnvironment, viewOfLive } from "./from-live";
import { exportState, readState, viewOfState } from "./from-state";
import type { View } from "./view";

/** The name under which a stack's environment stands in the account: what config says, else the stack's own. */
export function environmentName(context: Context, stack: string): string {
  try {
    const project = findProject(context.cwd);
    const { environment } = viewOfConfig(project.name, requireStackConfig(project, stack));
    return typeof environment["name"] === "string" ? environment["name"] : stack;
  } catch (error) {
    if (error instanceof UsageError) return stack; // no project here: the account is all there is
    throw error;
  }
}

export const viewFromConfig = (context: Context, stack: string): View => {
  const project = findProject(context.cwd);
  return viewOfConfig(project.name, requireStackConfig(project, stack));
};

export const viewFromState = async (context: Context, stack: string, file: string | undefined): Promise<View> =>
  viewOfState(
    file === undefined
      ? await exportState(findProject(context.cwd), stack, context.env)
      : readState(path.resolve(context.cwd, file), stack),
  );

export const viewFromLive = async (
  context: Context,
  platform: Platform,
  stack: string,
  within?: string,
): Promise<View> => {
  const environment = await findEnvironment(platform, environmentName(context, stack), within);
  return viewOfLive(await readEnvironment(platform, environment), stack);
};
