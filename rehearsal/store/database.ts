import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import Database from "libsql";
import { monotonicFactory } from "ulid";
import { conditions, type Filter, folded, isPlain } from "./filter";
import { direction, listed, type Listed, type Page } from "./paging";

const ulid = monotonicFactory();

/** An object of the account: what it is, where it belongs, how it is found, and the rest as JSON. */
export interface Row<D = Record<string, unknown>> {
  readonly id: string;
  readonly account: string;
  /** The object it belongs to: an environment's project, a rule's flag. */
  readonly parent: string;
  /** What identifies it in its parent. */
  readonly key: string;
  readonly data: D;
  readonly createdAt: string;
  readonly updatedAt: string;
}
type Stored = Omit<Row, "data"> & { readonly data: string };

const schema = `
  CREATE TABLE IF NOT EXISTS objects (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, account TEXT NOT NULL, parent TEXT NOT NULL, key TEXT NOT NULL,
    data TEXT NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS by_parent ON objects (type, parent, id);
  CREATE INDEX IF NOT EXISTS by_key ON objects (type, parent, key);
  CREATE TABLE IF NOT EXISTS credentials (hash TEXT PRIMARY KEY, owner TEXT NOT NULL) WITHOUT ROWID;
`;
/** It holds credentials: nobody but its owner may read it, nor what the database keeps beside it. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}
const parsed = <D>(row: unknown): Row<D> => ({ ...(row as Stored), data: JSON.parse((row as Stored).data) as D });
const now = () => new Date().toISOString();

/** Everything in one SQL file. A write is one transaction, and is acknowledged only after it is on disk. */
export class Store {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  #writes = 0;

  constructor(file: string) {
    keepPrivate(file);
    this.#db = new Database(file);
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;");
    this.#db.exec(schema);
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  /** Another text whenever something was written, by another process too. */
  get version(): string {
    const { data_version: others } = this.#prepare("PRAGMA data_version").get() as { data_version: number };
    return `${this.#writes} ${others}`;
  }

  /** Runs `work` as one transaction: all of it happens, or nothing. */
  transaction<T>(work: () => T): T {
    this.#writes += 1;
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  insert<D>(
    type: string,
    prefix: string,
    row: { account: string; parent: string; key?: string; data: D; id?: string },
  ): Row<D> {
    const at = now();
    const id = row.id ?? `${prefix}_${ulid()}`;
    const key = row.key ?? id;
    this.#prepare("INSERT INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
      id,
      type,
      row.account,
      row.parent,
      key,
      JSON.stringify(row.data),
      at,
      at,
    );
    return { id, account: row.account, parent: row.parent, key, data: row.data, createdAt: at, updatedAt: at };
  }

  /** The object, if the account has it: another account's is not there at all. */
  get<D>(type: string, account: string, id: string): Row<D> | undefined {
    const row: unknown = this.#prepare("SELECT * FROM objects WHERE id = ? AND type = ? AND account = ?").get(
      id,
      type,
      account,
    );
    return row === undefined ? undefined : parsed<D>(row);
  }

  byKey<D>(type: string, parent: string, key: string): Row<D> | undefined {
    const row: unknown = this.#prepare("SELECT * FROM objects WHERE type = ? AND parent = ? AND key = ? LIMIT 1").get(
      type,
      parent,
      key,
    );
    return row === undefined ? undefined : parsed<D>(row);
  }

  /** All children, oldest first. */
  children<D>(type: string, parent: string): Row<D>[] {
    return this.#prepare("SELECT * FROM objects WHERE type = ? AND parent = ? ORDER BY id")
      .all(type, parent)
      .map((row) => parsed<D>(row));
  }

  /** Those whose name or key has this text: for texts that SQL cannot compare in any case. */
  #idsWith(type: string, parent: string, search: string): string[] {
    const wanted = folded(search);
    const sql = "SELECT id, key, data ->> '$.name' AS name FROM objects WHERE type = ? AND parent = ?";
    const rows = this.#prepare(sql).all(type, parent) as { id: string; key: string; name: string | null }[];
    return rows
      .filter(({ key, name }) => folded(key).includes(wanted) || folded(name ?? "").includes(wanted))
      .map(({ id }) => id);
  }
  #conditions(type: string, parent: string, filter: Filter) {
    const { search, ...others } = filter;
    if (!search || isPlain(search)) return conditions(filter);
    return conditions({ ...others, ids: this.#idsWith(type, parent, search) });
  }

  /** All children that pass the filter, oldest first. */
  filtered<D>(type: string, parent: string, filter: Filter): Row<D>[] {
    const where = this.#conditions(type, parent, filter);
    const sql = `SELECT * FROM objects WHERE type = ? AND parent = ?${where.sql} ORDER BY id`;
    return this.#prepare(sql)
      .all(type, parent, ...where.values)
      .map((row) => parsed<D>(row));
  }

  page<D>(type: string, parent: string, page: Page, filter: Filter = {}): Listed<Row<D>> {
    const { size, cursor, isAscending } = direction(page);
    const where = this.#conditions(type, parent, filter);
    const from = cursor == null ? "" : ` AND id ${isAscending ? ">" : "<"} ?`;
    const sql = `SELECT * FROM objects WHERE type = ? AND parent = ?${from}${where.sql} ORDER BY id ${isAscending ? "ASC" : "DESC"} LIMIT ?`;
    const found = this.#prepare(sql).all(type, parent, ...(cursor == null ? [] : [cursor]), ...where.values, size + 1);
    return listed(
      found.map((row) => parsed<D>(row)),
      page,
    );
  }

  update<D>(row: Row<D>, change: { data?: D; key?: string; parent?: string }): Row<D> {
    const next = { ...row, ...change, updatedAt: now() };
    this.#prepare("UPDATE objects SET parent = ?, key = ?, data = ?, updatedAt = ? WHERE id = ?").run(
      next.parent,
      next.key,
      JSON.stringify(next.data),
      next.updatedAt,
      row.id,
    );
    return next;
  }

  remove(id: string): void {
    this.#prepare("DELETE FROM objects WHERE id = ?").run(id);
    this.#prepare("DELETE FROM credentials WHERE owner = ?").run(id);
  }

  /** Remembers who a credential belongs to. Only its hash is kept here. */
  addCredential(hash: string, owner: string): void {
    this.#prepare("INSERT OR REPLACE INTO credentials VALUES (?, ?)").run(hash, owner);
  }
  ownerOf(hash: string): string | undefined {
    return (this.#prepare("SELECT owner FROM credentials WHERE hash = ?").get(hash) as { owner: string } | undefined)
      ?.owner;
  }

  /** An object of any account, for those who have proved who they are. */
  any<D>(type: string, id: string): Row<D> | undefined {
    const row: unknown = this.#prepare("SELECT * FROM objects WHERE id = ? AND type = ?").get(id, type);
    return row === undefined ? undefined : parsed<D>(row);
  }
  count(): number {
    return (this.#prepare("SELECT count(*) AS n FROM objects").get() as { n: number }).n;
  }
  clear(): void {
    this.#writes += 1;
    this.#db.exec("DELETE FROM objects; DELETE FROM credentials;");
  }
  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}
