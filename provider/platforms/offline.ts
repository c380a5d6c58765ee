import type { Failure } from "../define";
import { Http } from "../http";
import { Secret } from "../http/secret";
import type { Config, Platform, PlatformModule } from "./platform";

/** Stands for a credential, and is sent to nobody. Too short to be taken for a secret in a message. */
const none = { secret: new Secret("none"), origin: "nowhere" };

/** Whether a refusal is about the inputs, and not about who asks. */
const isOfInputs = (refused: readonly Failure[]): boolean => refused.some(({ property }) => property !== "provider");

/**
 * The platform without a request and without a credential. What nobody's credentials could do is refused as ever; what
 * some credentials can is not: which ones there will be is not known here.
 */
export function offlinePlatform(module: PlatformModule, config: Config): Platform {
  const http = new Http(config);
  const platforms = new Map<string, Platform>();
  const having = (needs: readonly string[]): Platform => {
    const names = needs.filter((name) => name !== "rehearsal").toSorted();
    const credentials = Object.fromEntries(names.map((name) => [name, none]));
    const platform = platforms.get(names.join()) ?? module.connect({ ...config, credentials }, http);
    platforms.set(names.join(), platform);
    return platform;
  };
  return {
    ...having([]),
    refusals(kind, inputs, olds) {
      const all = module.capabilities[kind];
      const ways = typeof all === "string" ? [] : all.flatMap((capability) => capability.ways);
      const tried = [];
      for (const needs of ways.length > 0 ? ways : [[]]) {
        const refused = having(needs).refusals(kind, inputs, olds);
        if (refused.length === 0) return [];
        tried.push(refused);
      }
      return tried.find(isOfInputs) ?? tried[0]!;
    },
  };
}
