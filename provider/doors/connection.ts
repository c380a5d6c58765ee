import type { Resolved } from "../config";
import { platformOf } from "../platforms";
import type { Connection } from "../platforms/platform";
import { type Stop, stopInOrder } from "./stop";

let stop: Stop | undefined;
const connections = new Map<string, Connection>();

/** One platform per configuration and process, so that all kinds share its connections, limits and caches. */
export function connectionOf(resolved: Resolved): Connection {
  if ("problems" in resolved) return { problems: resolved.problems };
  // the plugin process gets the engine's address as its argument
  stop ??= stopInOrder(process.argv[2]);
  const { token, apiKey, clientId, clientSecret, ...plain } = resolved.config;
  const key = JSON.stringify([plain, ...[token, apiKey, clientId, clientSecret].map((c) => c?.secret.reveal())]);
  const known = connections.get(key) ?? { platform: platformOf(resolved.config, stop), problems: [] };
  connections.set(key, known);
  return known;
}
