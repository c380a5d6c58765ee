import { type Bag, type Failure, isUnknown } from "../../define";
import type { Platform } from "../platform";
import type { WorkosConfig } from "./access";
import { isConnect } from "./capabilities";
import { nearest } from "../../nearest";
import type { Kind } from "../../resources";
import { events as known, newerFamilies } from "./events";

const isNew = (event: string): boolean => newerFamilies.some((family) => event.startsWith(family));

/** Whether golive knows that the platform sends this event, or one of its family. */
export const isKnownEvent = (event: string): boolean => known.includes(event) || isNew(event);

/** Names of events that are probably mistakes. The server is the authority: one that golive does not know may be new. */
export function eventWarnings(kind: Kind, { events }: Bag): Failure[] {
  if (kind !== "WebhookEndpoint" || !Array.isArray(events)) return [];
  return events.flatMap((event: unknown, i) => {
    if (typeof event !== "string" || isUnknown(event) || isKnownEvent(event)) return [];
    const close = nearest(event, known);
    const meant = close ? `; did you mean "${close}"?` : ": see that the platform sends it";
    return [{ property: `events[${i}]`, reason: `"${event}" is no event that golive knows${meant}` }];
  });
}

/** What a key says of its environment by how it begins. A convention, and no promise: it warns. */
const typeOfKey = (key: string): "staging" | "production" | undefined =>
  /^[sp]k_test_/.test(key) ? "staging" : /^[sp]k_(live|prod)_/.test(key) ? "production" : undefined;
const beginning = (key: string): string => key.split("_").slice(0, 2).join("_");

/** A key whose beginning contradicts the declared type: its objects would be made in another environment. */
function keyWarnings(property: string, key: string, origin: string, declared: unknown): Failure[] {
  const type = typeOfKey(key);
  if (type === undefined || (declared !== "staging" && declared !== "production") || type === declared) return [];
  const reason = `the key${origin} begins with \`${beginning(key)}_\`, as keys of ${type} do, and the environment is declared as ${declared}: see that it is this environment's key`;
  return [{ property, reason }];
}

/** What is probably a mistake of these inputs, with these credentials. */
export const warningsFor =
  ({ token, apiKey }: Pick<WorkosConfig, "token" | "apiKey">): NonNullable<Platform["warnings"]> =>
  (kind, inputs) => {
    // with a token, a key serves what connects other software alone
    const isKeyUsed = kind !== "ApiKey" && (!token || (kind === "Application" && isConnect(inputs["kind"])));
    const type = inputs["environmentType"];
    const value = kind === "ApiKey" ? inputs["value"] : undefined;
    return [
      ...eventWarnings(kind, inputs),
      ...(apiKey && isKeyUsed ? keyWarnings("provider", apiKey.secret.reveal(), ` from ${apiKey.origin}`, type) : []),
      ...(typeof value === "string" ? keyWarnings("value", value, "", type) : []),
    ];
  };
