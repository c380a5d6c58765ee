/** Which part of a list is asked for. */
export interface Page {
  readonly limit?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
  /** `normal` is descending with its cursors the other way round. */
  readonly order?: "asc" | "desc" | "normal" | undefined;
}
/** A part of a list, and the cursors to what is before and after it; null where there is no more. */
export interface Listed<R> {
  readonly rows: readonly R[];
  readonly before: string | null;
  readonly after: string | null;
}
interface Identified {
  readonly id: string;
}

/** How to read a page: from the cursor along the order, or against it and the page turned round. */
export function direction({ limit, before, after, order = "desc" }: Page) {
  const forwards = order === "normal" ? before : after;
  const backwards = order === "normal" ? after : before;
  const isBack = forwards == null && backwards != null;
  return {
    size: Math.min(Math.max(limit || 10, 1), 100),
    cursor: forwards ?? backwards,
    isBack,
    isAscending: (order === "asc") !== isBack,
  };
}

/** The page of what was read in its direction: one more than its size, where there is more. */
export function listed<R extends Identified>(found: readonly R[], page: Page): Listed<R> {
  const { size, cursor, isBack } = direction(page);
  const isMore = found.length > size;
  const rows = isBack ? found.slice(0, size).toReversed() : found.slice(0, size);
  const first = (isBack ? isMore : cursor != null) ? (rows[0]?.id ?? null) : null;
  const last = isBack || isMore ? (rows.at(-1)?.id ?? null) : null;
  return page.order === "normal" ? { rows, before: last, after: first } : { rows, before: first, after: last };
}

/** A page of a list that another object holds. */
export function pageThrough<R extends Identified>(all: readonly R[], page: Page): Listed<R> {
  const { cursor, isAscending } = direction(page);
  const sign = isAscending ? 1 : -1;
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0);
  const found = all.toSorted((a, b) => compare(a.id, b.id));
  return listed(cursor == null ? found : found.filter(({ id }) => compare(id, cursor) > 0), page);
}

/** A page of a list that has an order of its own, ascending. The page begins where its cursor stands. */
export function pageInOrder<R extends Identified>(all: readonly R[], page: Page): Listed<R> {
  const { cursor, isAscending } = direction(page);
  const ordered = isAscending ? all : all.toReversed();
  const at = cursor == null ? -1 : ordered.findIndex(({ id }) => id === cursor);
  return listed(cursor != null && at < 0 ? [] : ordered.slice(at + 1), page);
}
