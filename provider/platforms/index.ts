import { z } from "zod";
import { field } from "../define";
import type { PlatformModule } from "./platform";
import { posthog } from "./posthog";
import { posthogSettings } from "./posthog/access";
import { workos } from "./workos";
import { workosSettings } from "./workos/access";

// Every platform that golive talks to. A new one is a folder beside this file and its lines here; everything else asks its module.

/** By name in config. */
const registry = { workos, posthog };
type Name = keyof typeof registry;

/** Settings of the provider that platforms bring, and the one that chooses among them. */
export const platformSettings = {
  /** Management API to talk to. `rehearsal` is an older way to say `workos` with `rehearsal` set to the endpoint. @default "workos" */
  platform: field(z.enum([...(Object.keys(registry) as [Name, ...Name[]]), "rehearsal"]).default("workos")),
  ...workosSettings,
  ...posthogSettings,
};
/** The platform that `rehearsal` means where it is a platform's name. */
export const formerRehearsal: PlatformModule = workos;

export const modules: readonly PlatformModule[] = Object.values(registry);
/** The module of this name, if there is one. */
export const moduleNamed = (name: string): PlatformModule | undefined => modules.find((one) => one.name === name);
/** The platform where none is named. */
export const defaultModule: PlatformModule = moduleNamed(platformSettings.platform.schema.parse(undefined))!;
