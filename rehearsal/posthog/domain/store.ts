import { randomBytes, randomUUID } from "node:crypto";
import type { Row, Store } from "../../store/database";
import type { Kind, Kinds } from "./rows";

/**
 * PostHog's objects in the rehearsal's one store. They all belong to one account there, since a project may go from one
 * organization to another with all it holds: who may see it is said by its parents.
 */
const account = "posthog";
export const root = "posthog";

/** The kinds whose ids are numbers, of one sequence: an id of one project is never that of another one's twin. */
const idOf = (kind: Kind, number: number): string => `${kind}_${String(number).padStart(12, "0")}`;
export const numberOf = ({ id }: { readonly id: string }): number => Number(id.slice(-12));

function nextNumber(store: Store): number {
  const row = store.any<{ last: number }>("ph_sequence", "ph_sequence");
  const last = (row?.data.last ?? 1_000) + 1;
  if (row) store.update(row, { data: { last } });
  else store.insert("ph_sequence", "", { id: "ph_sequence", account, parent: root, data: { last } });
  return last;
}

/** A new object with the next number, or with an id of its own. */
export function add<K extends Kind>(
  store: Store,
  kind: K,
  parent: string,
  data: Kinds[K],
  options: { id?: string; key?: string } = {},
) {
  const id = options.id ?? idOf(kind, nextNumber(store));
  return store.insert<Kinds[K]>(kind, "", {
    id,
    account,
    parent,
    data,
    ...(options.key !== undefined && { key: options.key }),
  });
}
export const byId = <K extends Kind>(store: Store, kind: K, id: string): Row<Kinds[K]> | undefined =>
  store.any<Kinds[K]>(kind, id);
/** By the number that the API knows it by, if it is one. */
export const byNumber = <K extends Kind>(store: Store, kind: K, text: string): Row<Kinds[K]> | undefined =>
  /^\d{1,12}$/.test(text) ? byId(store, kind, idOf(kind, Number(text))) : undefined;
export const childrenOf = <K extends Kind>(store: Store, kind: K, parent: string): Row<Kinds[K]>[] =>
  store.children<Kinds[K]>(kind, parent);

/** A random credential with its documented prefix, e.g. `phx_…`. */
export const newToken = (prefix: string): string =>
  `${prefix}_${randomBytes(33).toString("base64url").replaceAll(/[-_]/g, "x")}`;
export const newUuid = (): string => randomUUID();
/** What is shown of a value afterwards. */
export const masked = (value: string): string => `${value.slice(0, 4)}...${value.slice(-4)}`;
