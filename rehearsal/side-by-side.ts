export const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]!,
  );

/** A URL without its query, its fragment and its user: people put secrets there. What was left out is a mark. */
export function shown(url: string): string {
  const plain = url.replace(/[?#][^]*$/, "").replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1");
  return escaped(plain) + (plain === url ? "" : '<span class="quiet">…</span>');
}

/** What says nothing about a difference: ids, and the parts of a key. */
const comparable = (text: string | undefined) => text?.replaceAll(/<code>.*?<\/code>/g, "").replaceAll(/…\w+/g, "");

/** Columns of rows of name and text, side by side: what differs is marked. */
export function sideBySide(heads: readonly string[], columns: readonly ReadonlyMap<string, string>[]): string {
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))].toSorted();
  const rows = names.map((name) => {
    const cells = columns.map((column) => column.get(name));
    const differs = new Set(cells.map(comparable)).size > 1;
    return `<tr${differs ? ' class="differs"' : ""}><td>${escaped(name)}</td>${cells.map((cell) => `<td>${cell ?? '<span class="quiet">-</span>'}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr><th></th>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
