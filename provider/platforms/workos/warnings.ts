import { type Bag, type Failure, isUnknown } from "../../define";
import { nearest } from "../../nearest";
import type { Kind } from "../../resources";
import { events as known, newerFamilies } from "./events";

const isNew = (event: string): boolean => newerFamilies.some((family) => event.startsWith(family));

/** What is probably a mistake. The server is the authority: a name that golive does not know may be a new one. */
export function warnings(kind: Kind, { events }: Bag): Failure[] {
  if (kind !== "WebhookEndpoint" || !Array.isArray(events)) return [];
  return events.flatMap((event: unknown, i) => {
    if (typeof event !== "string" || isUnknown(event) || known.includes(event) || isNew(event)) return [];
    const close = nearest(event, known);
    const meant = close ? `; did you mean "${close}"?` : ": see that the platform sends it";
    return [{ property: `events[${i}]`, reason: `"${event}" is no event that golive knows${meant}` }];
  });
}
