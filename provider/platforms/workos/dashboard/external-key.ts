import { Refused } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Held, Live, Store } from "../../platform";
import type { Clients } from "../clients";

type Key = Live<"ApiKey">;
type Asked = Pick<Inputs<"ApiKey">, "environment" | "name">;

const isExternal = ({ external }: { readonly external?: unknown }): boolean => external === true;
/** The id of a key that nobody tells of: a key's own API has no list of them. */
const idOf = ({ environment, name }: Asked): string => `external/${environment}/${name}`;

/** The key as state holds it: what is told of it, with the value that somebody gave. */
const live = (id: string, told: Partial<Key["state"]>, { environment, name, value }: Held<"ApiKey">): Key => ({
  id,
  state: {
    ...told,
    keyId: told.keyId ?? id,
    ...(environment !== undefined && { environment }),
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value, last4: value.slice(-4) }),
    secretHeld: value !== undefined,
  },
});

/**
 * Keys that were made by hand, beside those that golive makes. Nothing is sent for them but the question whether a key of that
 * name is there, which the dashboard API answers.
 */
export function withExternalKeys(store: Store<"ApiKey">, { config, team }: Clients): Store<"ApiKey"> {
  /** Nothing where no API tells; a key of that name, or an error. */
  const told = async ({ environment, name }: Asked): Promise<Key | undefined> => {
    if (!config.token) return undefined;
    const keys = await store.list!({ environment });
    const found = keys.find(({ state }) => state.name === name);
    if (found) return found;
    const names = keys.map(({ state }) => `"${state.name}"`).join(", ");
    throw new Refused(
      `there is no key "${name}" in environment ${environment}, which has ${names || "none"}`,
      "Make one of this name in the dashboard, or call it here as it is called there.",
    );
  };
  const known = async (id: string | undefined, asked: Asked & Held<"ApiKey">): Promise<Key> => {
    const found = await told(asked);
    return live(id ?? found?.id ?? idOf(asked), found?.state ?? {}, asked);
  };
  return {
    ...store,
    // it is there already, and by saying that it is external its owner says that it is meant
    claim: async (inputs) => (isExternal(inputs) ? known(undefined, inputs) : undefined),
    async read(id, held) {
      if (!isExternal(held)) return store.read(id, held);
      const { environment = "", name = "" } = held;
      if (config.token && !(await team.find(environment))) return undefined;
      return known(id, { ...held, environment, name });
    },
    update: (id, change) =>
      isExternal(change.inputs) ? known(id, change.inputs as Asked & Held<"ApiKey">) : store.update(id, change),
    async delete(id, held) {
      if (!isExternal(held)) return store.delete(id, held);
      return `API key "${held.name}" stays valid: it was made by hand, and is ended in the dashboard.`;
    },
  };
}
