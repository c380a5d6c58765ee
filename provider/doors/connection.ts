import type { Resolved } from "../config";
import { moduleNamed } from "../platforms";
import { platformOf } from "../platforms/connect";
import type { Connection } from "../platforms/platform";
import { type Stop, stopInOrder } from "./stop";

let stop: Stop | undefined;
const connections = new Map<string, Connection>();

// the plugin process gets the engine's address as its argument
const ofThisProcess = (): Stop => (stop ??= stopInOrder(process.argv[2]));

/**
 * One platform per configuration and process, so that all kinds share its connections, limits and caches.
 * @param stopping How the process ends: a program's own ends as it likes.
 */
export function connectionOf(resolved: Resolved, stopping: () => Stop | undefined = ofThisProcess): Connection {
  if ("problems" in resolved) {
    const meant = moduleNamed(resolved.platform ?? "");
    return { problems: resolved.problems, ...(meant && { rules: meant.rules, unused: meant.unused }) };
  }
  const end = stopping();
  const { credentials, ...plain } = resolved.config;
  const secrets = Object.entries(credentials).map(([name, credential]) => [name, credential?.secret.reveal()]);
  const key = JSON.stringify([plain, secrets]);
  const { rules, unused } = moduleNamed(plain.platform)!;
  const { offline } = plain;
  const connected = () => ({ platform: platformOf(resolved.config, end), rules, unused, problems: [] });
  const known = connections.get(key) ?? { ...connected(), ...(offline && { offline }) };
  connections.set(key, known);
  return known;
}
