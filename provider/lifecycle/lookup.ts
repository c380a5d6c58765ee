import { isDeepStrictEqual } from "node:util";
import type { Bag, Definition } from "../define";
import { Refused } from "../errors";
import { nearest } from "../nearest";
import type { Live, Platform, Store } from "../platforms/platform";
import { definitions, type Inputs, type Kind } from "../resources";
import { noSuch } from "./account";
import { Directory, fullName, locate, type Named } from "./locate";

const spoken = (wanted: Bag): string =>
  Object.entries(wanted)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(" and ");

/** The id of what an argument names: it may be an id, or a natural key. */
async function idOf(directory: Directory, kind: Kind, called: string): Promise<string> {
  const all = await directory.of(kind);
  return all.some(({ id }) => id === called) ? called : locate(directory, kind, called);
}

/** What nothing has, with the name that may be meant. */
function nothingHas(kind: Kind, all: readonly Named[], asked: Bag): Refused {
  const close = Object.entries(asked).flatMap(([name, value]) => {
    const told = all.map(({ state }) => (state as Bag)[name]).filter((one) => typeof one === "string");
    const best = typeof value === "string" ? nearest(value, told) : undefined;
    return best === undefined || best === value ? [] : [`Did you mean ${name} "${best}"?`];
  });
  return new Refused(
    `there is no ${kind} with ${spoken(asked)} for these credentials`,
    close[0] ?? "Check how it is written, and that it is of this account.",
  );
}

/**
 * The one object that has these values. Where a field names another object, its id or its natural key does.
 * @throws Refused when there is none, or several have them.
 */
export async function lookedUp<K extends Kind>(platform: Platform, kind: K, asked: Bag): Promise<Live<K>> {
  const store = platform.stores[kind] as unknown as Store<Kind> | undefined;
  if (!store) throw new Refused(`${platform.name} has no ${kind}`, "Ask for another thing.");
  const read = async (id: string): Promise<Live<K>> => {
    const live = await store.read(id, {});
    if (!live) throw noSuch(kind);
    return live as unknown as Live<K>;
  };
  const { id, ...wanted } = asked;
  if (typeof id === "string") return read(id);
  const { inputs }: Definition = definitions[kind];
  const directory = new Directory(platform);
  for (const [name, value] of Object.entries(wanted)) {
    const ref = inputs[name]?.ref as Kind | undefined;
    // what these credentials do not list is named by its id
    if (ref && platform.stores[ref]?.list) wanted[name] = await idOf(directory, ref, String(value));
  }
  if (!store.list) {
    const keys = Object.keys(inputs).filter((name) => inputs[name]!.key);
    const found = keys.every((name) => name in wanted) ? await store.find(wanted as Inputs<Kind>) : undefined;
    if (found) return read(found.id);
    throw new Refused(`${platform.name} lists no ${kind} with these credentials`, "Give its id.");
  }
  const all = await directory.of(kind);
  const found = all.filter(({ state }) =>
    Object.entries(wanted).every(([name, value]) => isDeepStrictEqual((state as Bag)[name], value)),
  );
  if (found.length === 1) return read(found[0]!.id);
  if (found.length === 0) throw nothingHas(kind, all, asked);
  throw new Refused(
    `${found.length} objects of the kind ${kind} have ${spoken(asked)}: ${found.map(fullName).join(", ")}`,
    "Say where it lives or what else tells it apart, or give its id.",
  );
}
