// Loaded by a stage that is being made, never by `import` of the SDK: the platforms' settings come with it.
import { platformIn } from "@golive/provider/config";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "./provider";

/** The explicit provider among a resource's options, if one of golive's is. */
function providerAmong({ provider, providers }: pulumi.ComponentResourceOptions): Provider | undefined {
  const all = [provider, ...(Array.isArray(providers) ? providers : Object.values(providers ?? {}))];
  return all.find((one) => one instanceof Provider);
}

/** The platform that a component's resources are managed at, as far as a program knows it. */
export function platformOf(opts: pulumi.ComponentResourceOptions = {}): PlatformModule {
  const explicit = providerAmong(opts);
  const config = new pulumi.Config("golive");
  return platformIn((name) => {
    if (name === "explicit") return String(explicit !== undefined);
    return explicit ? explicit.told[name] : config.get(name);
  });
}
