/** Which objects of a list are asked for: those that pass everything that is given. */
export interface Filter {
  /** Part of the name or of the key, in any case of any script. */
  readonly search?: string | null | undefined;
  /** Tags that it has, all of them. */
  readonly tags?: readonly string[] | null | undefined;
  /** Domains of which it has one. */
  readonly domains?: readonly string[] | undefined;
  readonly organizationId?: string | null | undefined;
  /** Value of its `type`. */
  readonly kind?: string | null | undefined;
  /** Made at or after, and at or before, as the store writes instants. */
  readonly from?: string | null | undefined;
  readonly until?: string | null | undefined;
  /** One of these. */
  readonly ids?: readonly string[] | undefined;
}
/** Text of any script as it is compared. In upper case a sigma is a sigma, wherever it stands. */
export const folded = (text: string): string => text.toUpperCase().normalize("NFC");
/** SQLite's own `lower` knows the letters A to Z only. */
export const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

type Condition = readonly [sql: string, values: readonly string[]];

/** The filter in SQL. Every value is one parameter, however many things it lists. */
export function conditions({ search, tags, domains, organizationId, kind, from, until, ids }: Filter): {
  sql: string;
  values: string[];
} {
  const parts: Condition[] = [];
  if (search) {
    const text = search.toLowerCase();
    parts.push(["(instr(lower(key), ?) OR instr(lower(data ->> '$.name'), ?))", [text, text]]);
  }
  if (tags?.length) {
    const own = "SELECT value FROM json_each(objects.data, '$.tags')";
    parts.push([`NOT EXISTS (SELECT 1 FROM json_each(?) WHERE value NOT IN (${own}))`, [JSON.stringify(tags)]]);
  }
  if (domains?.length) {
    const own = "SELECT value ->> '$.domain' FROM json_each(objects.data, '$.domains')";
    parts.push([`EXISTS (SELECT 1 FROM json_each(?) WHERE value IN (${own}))`, [JSON.stringify(domains)]]);
  }
  if (organizationId) parts.push(["data ->> '$.organizationId' = ?", [organizationId]]);
  if (kind) parts.push(["data ->> '$.type' = ?", [kind]]);
  if (from) parts.push(["createdAt >= ?", [from]]);
  if (until) parts.push(["createdAt <= ?", [until]]);
  if (ids) parts.push(["id IN (SELECT value FROM json_each(?))", [JSON.stringify(ids)]]);
  return {
    sql: parts.map(([sql]) => ` AND ${sql}`).join(""),
    values: parts.flatMap(([, values]) => values),
  };
}
