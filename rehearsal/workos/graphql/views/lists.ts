import type { Row } from "../../../store/database";
import type { Listed, Page } from "../../../store/paging";

/** Arguments of a list. */
export interface Paged {
  readonly order?: "Asc" | "Desc" | "Normal" | null;
  readonly limit?: number | null;
  readonly before?: string | null;
  readonly after?: string | null;
}
export const pageOf = ({ order, limit, before, after }: Paged): Page => ({
  limit,
  // an empty cursor is none
  before: before || null,
  after: after || null,
  order: (order ?? "Desc").toLowerCase() as "asc" | "desc" | "normal",
});
export const listView = <R, V>({ rows, before, after }: Listed<R>, view: (row: R) => V) => ({
  data: rows.map(view),
  listMetadata: { before, after },
});
export const times = ({ createdAt, updatedAt }: Row<unknown>) => ({ createdAt, updatedAt });
