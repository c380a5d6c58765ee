import { ConfigError, Offline } from "@golive/provider/errors";
import { type Config, type Get, platformIn, resolveConfig } from "@golive/provider/config";
import type { Platform, PlatformModule } from "@golive/provider/platforms/platform";
import { type Context, UsageError } from "../context";
import { findProject } from "../project/find";
import { readStackConfig } from "../project/stack-config";
import { valuesOf } from "./from-config";
import { SECRET } from "./view";

/** `golive:*` of a stack's config, as far as it is no secret: only Pulumi can decrypt one. */
function settingsOf(context: Context, stack: string | undefined): Record<string, string> {
  if (stack === undefined) return {};
  try {
    const project = findProject(context.cwd);
    return valuesOf(readStackConfig(project, stack), "golive", project.name);
  } catch (error) {
    if (error instanceof UsageError) return {};
    throw error;
  }
}

/** Settings as the provider reads them. */
function getterOf(context: Context, stack: string | undefined): Get {
  const settings = settingsOf(context, stack);
  return (name) => {
    const value = settings[name];
    return value === SECRET ? undefined : value;
  };
}

/** The platform that a stack means: its rules, its checklist. Nobody is asked. */
export const platformOfStack = (context: Context, stack?: string): PlatformModule =>
  platformIn(getterOf(context, stack), context.env);

export interface Connected {
  readonly platform: Platform;
}

/** What GOLIVE_* variables, and then a stack's config, say: as the provider itself finds it. */
export function configured(context: Context, stack?: string): Config {
  const resolved = resolveConfig(getterOf(context, stack), context.env);
  if ("problems" in resolved)
    throw new ConfigError(resolved.problems.map(({ property, reason }) => `${property} ${reason}`).join("; "));
  const { offline } = resolved.config;
  if (offline !== undefined) throw new Offline(offline);
  return resolved.config;
}

/** The platform that they name. */
export async function connect(context: Context, stack?: string): Promise<Connected> {
  const config = configured(context, stack);
  // the HTTP client is loaded by those commands alone that talk to somebody
  const { platformOf } = await import("@golive/provider/platforms/connect");
  return { platform: platformOf(config) };
}
