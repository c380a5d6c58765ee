import { counted, type Difference, kindOfPath } from "./compare";

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
export const shown = (value: unknown): string =>
  value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value);

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #1c2024; background: #fff }
  table { border-collapse: collapse; width: 100% }
  th, td { border-bottom: 1px solid #d8dbdf; padding: .4rem .6rem; text-align: left; vertical-align: top }
  td { overflow-wrap: anywhere } code { font: 13px ui-monospace, monospace }
  .accident td:first-child { box-shadow: inset 4px 0 #c4320a } .design td:first-child { box-shadow: inset 4px 0 #3b7dd8 }
  .same { color: #687076 }
  @media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #16181a } th, td { border-color: #33373b } }
`;

const titles = { accident: "By accident", design: "By design", same: "The same" } as const;

/** One page that needs nothing beside itself: no script, no font, no picture. */
export function parityPage(
  differences: readonly Difference[],
  about: { readonly staging: string; readonly production: string; readonly source: string },
): string {
  const count = counted(differences);
  const part = (verdict: Difference["verdict"]): string => {
    const rows = differences.filter((d) => d.verdict === verdict);
    if (rows.length === 0) return "";
    const cells = rows.map(
      ({
        path,
        staging,
        production,
        reason,
      }) => `<tr class="${verdict}"><td title="${kindOfPath(path)}"><code>${escape(path)}</code></td>
<td><code>${escape(shown(staging))}</code></td><td><code>${escape(shown(production))}</code></td><td>${escape(reason)}</td></tr>`,
    );
    return `<h2>${titles[verdict]} (${rows.length})</h2>
<table><thead><tr><th>path</th><th>${escape(about.staging)}</th><th>${escape(about.production)}</th><th>why</th></tr></thead>
<tbody>
${cells.join("\n")}
</tbody></table>`;
  };
  const title = `${about.staging} beside ${about.production}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body>
<h1>${escape(title)}</h1>
<p>Read from ${escape(about.source)}: ${count.accident} differ by accident, ${count.design} by design, ${count.same} are the same.</p>
${(["accident", "design", "same"] as const).map(part).join("\n")}
</body></html>
`;
}
