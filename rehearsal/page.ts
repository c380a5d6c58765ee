import { accounts } from "./domain/accounts";
import { projectsOf, type Session } from "./domain/session";
import type { Log, LogEntry } from "./http/log";
import type { Row, Store } from "./store/database";
import type { ApplicationData, EnvironmentData, FlagData, KeyData, RuleData, WebhookData } from "./store/objects";
import { escaped, shown, sideBySide } from "./side-by-side";

const style = `
  :root { color-scheme: light dark; --line: #8884; --mark: #d97706; }
  body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
  h1 { font-size: 1.3rem } h2 { font-size: 1.1rem; margin-top: 2rem }
  table { border-collapse: collapse; width: 100%; table-layout: fixed }
  th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
  th:first-child, td:first-child { width: 15rem } .log td:first-child, .log th:first-child { width: 13rem }
  .log th:nth-child(n + 3) { width: 6rem }
  tr.differs td:first-child { border-left: 4px solid var(--mark) } tr.differs td:first-child::after { content: " differs"; color: var(--mark); font-size: .8em }
  .quiet { opacity: .6 } .bad { color: #dc2626 } code { font-size: .9em }
`;

/** What an environment holds, as rows of name and text. Secrets are not among it. */
function contents({ store }: Session, environment: Row<EnvironmentData>): Map<string, string> {
  const rows = new Map<string, string>();
  const add = (name: string, text: string) => rows.set(name, rows.has(name) ? `${rows.get(name)}<br>${text}` : text);
  for (const { data } of store.children<ApplicationData>("application", environment.id))
    add(
      `application ${data.isDefault ? "(default)" : data.name}`,
      [
        `<code>${escaped(data.clientId)}</code>`,
        ...data.redirectUris.map((u) => shown(u.uri) + (u.isDefault ? " (default)" : "")),
      ].join("<br>"),
    );
  for (const { data } of store.children<WebhookData>("webhook", environment.id)) {
    const { pathname } = new URL(data.endpointUrl);
    add(
      `webhook ${pathname}`,
      `${shown(data.endpointUrl)}<br><span class="quiet">${data.events.map(escaped).join(", ")}</span>`,
    );
  }
  for (const { data } of store.children<KeyData>("key", environment.id))
    add(
      `key ${data.name}`,
      `${data.kind.toLowerCase()} …${escaped(data.last4)}${data.expiredAt ? ` until ${escaped(data.expiredAt)}` : ""}`,
    );
  for (const flag of store.children<FlagData>("flag", environment.parent)) {
    const rule = store.byKey<RuleData>("rule", flag.id, environment.id)?.data;
    if (rule) add(`flag ${flag.data.slug}`, rule.flagEnabled ? `on: ${rule.accessType.toLowerCase()}` : "off");
  }
  return rows;
}

function projectTable(session: Session, project: Row<{ name: string }>): string {
  const environments = session.store.children<EnvironmentData>("environment", project.id);
  const columns = environments.map((environment) => contents(session, environment));
  const heads = environments.map(
    ({ id, data }) =>
      `${escaped(data.name)} <span class="quiet">${data.sandbox ? "staging" : "production"}<br><code>${escaped(id)}</code></span>`,
  );
  return `<h2>${escaped(project.data.name)} <code class="quiet">${escaped(project.id)}</code></h2>${sideBySide(heads, columns)}`;
}

const shownEntries = 50;
/** The last requests, of those who were let in and of those who were not. */
function logTable({ entries, refused }: Pick<Log, "entries" | "refused">): string {
  const all = [...entries.slice(-shownEntries), ...refused].toSorted((a, b) => a.at.localeCompare(b.at));
  const row = ({ at, method, path, operation, status, ms }: LogEntry) =>
    `<tr><td>${escaped(at)}</td><td>${escaped(method)} ${escaped(path)} <b>${escaped(operation ?? "")}</b></td><td class="${status >= 400 || status === 0 ? "bad" : ""}">${status || "dropped"}</td><td>${ms}</td></tr>`;
  return `<h2>Last requests</h2><table class="log"><thead><tr><th>at</th><th>request</th><th>status</th><th>ms</th></tr></thead><tbody>${all.slice(-shownEntries).toReversed().map(row).join("")}</tbody></table>`;
}

function trees(store: Store): string {
  return accounts(store)
    .map(({ id, data }) => {
      const session = { store, account: id };
      const state =
        data.productionState === "Active" ? "production unlocked" : "production locked until billing is set up";
      const projects = projectsOf(session).map((project) => projectTable(session, project));
      return `<h1>${escaped(data.name)} <code class="quiet">${escaped(id)}</code> <small class="quiet">${state}</small></h1>${projects.join("")}`;
    })
    .join("");
}

/** Every account as a tree of projects, environments and what they hold, side by side. Read-only; no script. */
export class Page {
  #trees: { readonly version: string; readonly html: string } | undefined;

  /** `beside`: what other platforms hold. */
  constructor(
    private readonly store: Store,
    private readonly beside: () => string,
  ) {}

  /** Anybody on this computer may ask for it, as often as they like: it is made anew only when something was written. */
  render(log: Pick<Log, "entries" | "refused">): string {
    const { version } = this.store;
    if (this.#trees?.version !== version) this.#trees = { version, html: trees(this.store) + this.beside() };
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>golive rehearsal</title><style>${style}</style></head><body>${this.#trees.html}${logTable(log)}</body></html>`;
  }
}
