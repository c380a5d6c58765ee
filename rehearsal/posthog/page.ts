import type { Row, Store } from "../store/database";
import { escaped, shown, sideBySide } from "../side-by-side";
import { actionsOf } from "./domain/actions";
import { organizations } from "./domain/accounts";
import { cohortsOf } from "./domain/cohorts";
import { liveFlags } from "./domain/flag-references";
import { projectsOf } from "./domain/projects";
import type { FlagData, HogFunctionData, ProjectData } from "./domain/rows";
import { secretKeysOf } from "./domain/secret-keys";
import { initialSettings } from "./domain/settings";
import { childrenOf, numberOf } from "./domain/store";

/** Whom a flag is for, in a few words; a payload may be secret. */
function flagText({ data }: Row<FlagData>): string {
  if (data.archived) return "archived";
  if (!data.active) return "off";
  const groups = Array.isArray(data.filters["groups"])
    ? (data.filters["groups"] as { rollout_percentage?: number }[])
    : [];
  const shares = groups.map(({ rollout_percentage }) => `${rollout_percentage ?? 100} %`);
  return `on: ${shares.join(", ") || "nobody"}`;
}
function targetOf({ data }: Row<HogFunctionData>): string {
  const url = (data.inputs["url"] as { value?: unknown } | undefined)?.value;
  const isSecret = data.inputs_schema.some((one) => one["key"] === "url" && one["secret"] === true);
  return `${data.enabled ? "on" : "off"}${typeof url === "string" && !isSecret ? `<br>${shown(url)}` : ""}`;
}

/** What a project holds, as rows of name and text, with the settings that somebody changed. */
function contents(store: Store, project: Row<ProjectData>): Map<string, string> {
  const rows = new Map<string, string>();
  const initial = initialSettings();
  for (const [name, value] of Object.entries(project.data.settings)) {
    const text = JSON.stringify(value);
    if (text !== JSON.stringify(initial[name])) rows.set(`setting ${name}`, escaped(text.slice(0, 200)));
  }
  for (const flag of liveFlags(store, project.id)) rows.set(`flag ${flag.data.key}`, flagText(flag));
  for (const cohort of cohortsOf(store, project.id))
    rows.set(`cohort ${cohort.data.name}`, cohort.data.is_static ? "static" : "yes");
  for (const action of actionsOf(store, project.id))
    rows.set(`action ${action.data.name}`, `${action.data.steps.length} steps`);
  for (const found of childrenOf(store, "ph_hog", project.id))
    if (!found.data.deleted) rows.set(`${found.data.type.replaceAll("_", " ")} ${found.data.name}`, targetOf(found));
  for (const { data } of secretKeysOf(store, project.id))
    rows.set(`secret key ${data.label}`, escaped(data.scopes.join(", ")));
  return rows;
}

/** Every organization of PostHog, with its projects side by side. */
export const organizationTrees = (store: Store): string =>
  organizations(store)
    .map(({ id, data }) => {
      const projects = projectsOf(store, id);
      const heads = projects.map(
        (project) => `${escaped(project.data.name)} <span class="quiet"><br><code>${numberOf(project)}</code></span>`,
      );
      const columns = projects.map((project) => contents(store, project));
      return `<h1>${escaped(data.name)} <code class="quiet">${escaped(id)}</code> <small class="quiet">PostHog</small></h1>${sideBySide(heads, columns)}`;
    })
    .join("");
