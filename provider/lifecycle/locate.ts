import type { Bag, Definition } from "../define";
import { Invalid, NotFound, Refused } from "../errors";
import { nearest } from "../nearest";
import type { Live, Platform, Store } from "../platforms/platform";
import { definitions, type Kind } from "../resources";
import { noSuch } from "./account";

export interface Named {
  readonly id: string;
  readonly state: Live<Kind>["state"];
  /** Every way to call it, the shortest first, e.g. `web`, `production/web`, `shop/production/web`. */
  readonly names: readonly string[];
}

/** The objects of each kind that the credentials reach, listed once for one question. */
export class Directory {
  readonly #lists = new Map<Kind, Promise<readonly Named[]>>();
  constructor(private readonly platform: Platform) {}

  of(kind: Kind): Promise<readonly Named[]> {
    const known = this.#lists.get(kind) ?? this.#list(kind);
    this.#lists.set(kind, known);
    return known;
  }

  async #list(kind: Kind): Promise<readonly Named[]> {
    const store = this.platform.stores[kind] as Store<Kind> | undefined;
    if (!store?.list)
      throw new Refused(`${this.platform.name} lists no ${kind} with these credentials`, "Give its id.");
    const definition: Definition = definitions[kind];
    const lives = await store.list({});
    return Promise.all(
      lives.map(async ({ id, state }) => ({ id, state, names: await this.#namesOf(definition, state) })),
    );
  }

  /** What the fields of its natural key say, one after another; of a field that names another object, that one's names. */
  async #namesOf({ inputs }: Definition, state: Live<Kind>["state"]): Promise<string[]> {
    let names: string[] = [""];
    for (const [name, field] of Object.entries(inputs).filter(([, { key }]) => key)) {
      const value = (state as Bag)[name];
      if (typeof value !== "string") return [];
      const parts = field.ref ? await this.#namesBy(field.ref as Kind, value) : [value];
      names = names.flatMap((before) => parts.map((part) => (before === "" ? part : `${before}/${part}`)));
      // where it lives may be left out, as long as it is the only one that is called so
      if (field.ref) names = [...names, ...(names.includes("") ? [] : [""])];
    }
    return names.filter((name) => name !== "");
  }

  async #namesBy(kind: Kind, id: string): Promise<readonly string[]> {
    return (await this.of(kind)).find((one) => one.id === id)?.names ?? [id];
  }
}

/** With where it lives, and its id. */
export const fullName = ({ names, id }: Named): string => {
  const longest = names.reduce((a, b) => (b.length > a.length ? b : a), "");
  return longest === "" ? id : `${longest} (${id})`;
};

/** The id of the object that is called so: by its natural key, where it lives before its own name. */
export async function locate(directory: Directory, kind: Kind, called: string): Promise<string> {
  const all = await directory.of(kind);
  const found = all.filter(({ names }) => names.includes(called));
  if (found.length === 1) return found[0]!.id;
  if (found.length === 0) {
    const names = all.flatMap((one) => one.names);
    throw noSuch(kind, nearest(called, names));
  }
  throw new Refused(
    `${found.length} objects are called "${called}": ${found.map(fullName).join(", ")}`,
    "Say where it lives, or give its id.",
  );
}

/** Whether the platform says that nothing has this id, or that it is no id at all. */
const isNoId = (error: unknown): boolean =>
  error instanceof NotFound || error instanceof Invalid || error instanceof Refused;

/**
 * What an import or a program asks for: by its id, or by its natural key with where it lives before it, e.g. `production/web`.
 * @throws Refused when there is none, or several are called so.
 */
export async function askedFor(platform: Platform, kind: Kind, called: string): Promise<Live<Kind>> {
  const store = platform.stores[kind] as Store<Kind>;
  const byId = await store.read(called, {}).catch((error: unknown) => {
    if (isNoId(error)) return undefined;
    throw error;
  });
  if (byId) return byId;
  if (!store.list) throw noSuch(kind);
  const live = await store.read(await locate(new Directory(platform), kind, called), {});
  if (!live) throw noSuch(kind);
  return live;
}
