import { ConfigError } from "@golive/provider";
import { type Config, resolveConfig } from "@golive/provider/config";
import type { Platform } from "@golive/provider/platforms/platform";
import { type Context, UsageError } from "../context";
import { findProject } from "../project/find";
import { readStackConfig } from "../project/stack-config";
import { valuesOf } from "./from-config";
import { SECRET } from "./view";

/** `golive:*` of a stack's config, as far as it is no secret: only Pulumi can decrypt one. */
function settingsOf(context: Context, stack: string | undefined): Record<string, unknown> {
  if (stack === undefined) return {};
  try {
    return valuesOf(readStackConfig(findProject(context.cwd), stack), "golive");
  } catch (error) {
    if (error instanceof UsageError) return {};
    throw error;
  }
}

export interface Connected {
  readonly platform: Platform;
  readonly config: Config;
}

/** The platform that GOLIVE_* variables, and then a stack's config, name: as the provider itself finds it. */
export async function connect(context: Context, stack?: string): Promise<Connected> {
  const settings = settingsOf(context, stack);
  const resolved = resolveConfig((name) => {
    const value = settings[name];
    return value === undefined || value === SECRET ? undefined : String(value);
  }, context.env);
  if ("problems" in resolved)
    throw new ConfigError(resolved.problems.map(({ property, reason }) => `${property} ${reason}`).join("; "));
  // the HTTP client is loaded by those commands alone that talk to somebody
  const { platformOf } = await import("@golive/provider/platforms/index");
  return { platform: platformOf(resolved.config), config: resolved.config };
}
