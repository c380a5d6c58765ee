import type { Live } from "@golive/provider/platforms/platform";
import { isLoopback, urlParts } from "../clone/hosts";
import { type LiveEnvironment, viewOfLive } from "../environment/from-live";
import type { Entry, View } from "../environment/view";

/** A key that is still valid: nobody takes over one that is not. */
const isValid = ({ state }: Live<"ApiKey">, now: Date): boolean =>
  typeof state.expiresAt !== "string" || new Date(state.expiresAt) > now;

/**
 * No platform tells web from native, and production's rules do: an application that is called back by a scheme of its own
 * or on this computer is native.
 */
function withKind(entry: Entry, isProduction: boolean): Entry {
  if (entry["kind"] !== undefined) return entry;
  const uris = ((entry["redirectUris"] ?? []) as { uri: string }[]).map(({ uri }) => urlParts(uri));
  const isNative = uris.some((url) => !url || !/^https?$/.test(url.scheme) || (isProduction && isLoopback(url.host)));
  return isNative ? { kind: "native", ...entry } : entry;
}

/** Names that more than one object of the environment has: a natural key finds neither. */
export function twins(live: LiveEnvironment): string[] {
  const names = [
    ...live.applications.map(({ state }) => `application "${state.name}"`),
    ...live.keys.map(({ state }) => `key "${state.name}"`),
  ];
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/** The environment as config that takes it over: every object by its natural key, in the state that it is in. */
export function adoptable(live: LiveEnvironment, now: Date): View {
  const view = viewOfLive({ ...live, keys: live.keys.filter((key) => isValid(key, now)) }, "");
  const isProduction = live.environment.state.type === "production";
  const applications = Object.fromEntries(
    Object.entries(view.entries.applications).map(([name, entry]) => [name, withKind(entry, isProduction)]),
  );
  return { ...view, entries: { ...view.entries, applications } };
}

/** A flag's definition as config: what its slug is called by, and is for. */
export function flagEntry({ state }: Live<"FeatureFlag">): Entry {
  const { name, description, tags, owner, defaultValue } = state;
  // false is what a flag answers anyway
  return Object.fromEntries(
    Object.entries({ name, description, tags, owner, defaultValue: defaultValue || undefined }).filter(
      ([, value]) => value != null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
