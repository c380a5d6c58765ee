// The answers against the types that PostHog's agent toolkit carries of its API: compiled, so that every field and every
// type counts. The known differences are listed by name. Where the package cannot be had, it says so.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { packed } from "../../tools/cache";
import { canRun } from "../../tools/run";
import type { Data } from "../rig";
import { posthogWorld } from "./rig";

const toolkit = await packed(
  "@posthog/agent-toolkit",
  "0.2.4",
  "sha512-mG097NgYDatH9FziZCeILV6nlEanEuhZoQ+QfI7QZhtEI7yAdgK9oPaeum8eH8B/rG6OVwhUFRRHcrskWAe9tQ==",
);
/** The declarations of the package: its types of the API. */
function declarations(folder: string): string {
  const dist = path.join(folder, "package", "dist");
  const file = readdirSync(dist).find((name) => /^types-.*\.d\.ts$/.test(name))!;
  return /^declare namespace Schemas \{$[^]*?^\}$/m.exec(readFileSync(path.join(dist, file), "utf8"))![0];
}
const reason = toolkit.reason;
const text = toolkit.folder === undefined ? "" : declarations(toolkit.folder);

/** What an answer has more, or less, than the type of the package, which is older than the public source. */
const known: Readonly<Record<string, { more: readonly string[]; less: readonly string[] }>> = {
  FeatureFlag: {
    more: "archived evaluation_contexts bucketing_identifier updated_at experiment_set_metadata last_called_at is_used_in_replay_settings is_eligible_for_experiment".split(
      " ",
    ),
    less: ["_create_in_folder"],
  },
  HogFunction: {
    more: ["version", "draft", "draft_updated_at", "batch_export_id"],
    less: ["deleted", "template_id", "_create_in_folder"],
  },
  HogFunctionMinimal: { more: [], less: [] },
  HogFunctionTemplate: { more: [], less: [] },
  Cohort: { more: ["version", "pending_version", "last_error_message"], less: ["_create_in_folder"] },
  Action: { more: ["user_access_level"], less: ["_create_in_folder"] },
  ProjectBackwardCompat: {
    more: "project_id is_pending_deletion cookieless_server_hash_mode capture_dead_clicks session_recording_retention_period conversations_settings feature_flag_confirmation_enabled feature_flag_confirmation_message require_evaluation_contexts default_evaluation_contexts_enabled business_model base_currency human_friendly_comparison_periods available_setup_task_ids user_access_level managed_viewsets event_retention_months events_retention_enforced".split(
      " ",
    ),
    less: ["slack_incoming_webhook"],
  },
  ProjectBackwardCompatBasic: { more: [], less: [] },
  Organization: { more: ["members_can_create_projects"], less: [] },
  OrganizationBasic: { more: [], less: [] },
  User: { more: [], less: ["set_current_organization", "set_current_team", "password", "current_password"] },
};

/** Fields whose type the package has wrong: what a server computes, or may leave empty, is called a text there. */
const mistyped: readonly string[] = [
  "FeatureFlag experiment_set",
  "FeatureFlag surveys",
  "FeatureFlag features",
  "FeatureFlag usage_dashboard",
  "HogFunction bytecode_error",
  "Action creation_context",
  "ProjectBackwardCompat person_on_events_querying_enabled",
  "ProjectBackwardCompat default_modifiers",
  "ProjectBackwardCompat product_intents",
  "Organization metadata",
  "Organization member_count",
  "User role_at_organization",
  "User metadata",
  "User member_count",
];

async function answers(): Promise<Record<string, Data>> {
  const world = await posthogWorld();
  const first = (page: Data) => (page["results"] as Data[])[0]!;
  const made = async (at: string, body: unknown) => (await world.inside("POST", at, body)).body;
  const read = async (at: string) => (await world.ask("GET", at)).body;
  const condition = {
    properties: [{ key: "email", type: "person", operator: "icontains", value: "x" }],
    rollout_percentage: 50,
  };
  const cohort = { properties: { type: "OR", values: [{ type: "AND", values: condition.properties }] } };
  const hook = { template_id: "template-webhook", inputs: { url: { value: "https://example.com" } } };
  const found = {
    FeatureFlag: await made("feature_flags/", { key: "a", filters: { groups: [condition] }, tags: ["t"] }),
    HogFunction: await made("hog_functions/", hook),
    HogFunctionMinimal: first((await world.inside("GET", "hog_functions/")).body),
    HogFunctionTemplate: first((await world.inside("GET", "hog_function_templates/")).body),
    Cohort: await made("cohorts/", { name: "c", filters: cohort }),
    Action: await made("actions/", { name: "a", steps: [{ event: "$pageview", url: "/", url_matching: "contains" }] }),
    ProjectBackwardCompat: await read(`/api/projects/${world.project}/`),
    ProjectBackwardCompatBasic: first(await read(`/api/organizations/${world.organization}/projects/`)),
    Organization: await read(`/api/organizations/${world.organization}/`),
    OrganizationBasic: first(await read("/api/organizations/")),
    User: await read("/api/users/@me/"),
  };
  await world.rehearsal.close();
  return found;
}

/** What the compiler says of a program of one file. */
function faultsIn(source: string): (readonly [field: string, fault: string])[] {
  const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: [] };
  const host = ts.createCompilerHost(options);
  const name = "answers.ts";
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram([name], options, {
    ...host,
    getSourceFile: (asked, ...rest) => (asked === name ? file : host.getSourceFile(asked, ...rest)),
    fileExists: (asked) => asked === name || host.fileExists(asked),
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => {
    const before = source.slice(0, start);
    const answer = /answer(\w+): Required/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[1];
    const field = /^"?(\w+)/.exec(source.slice(start))?.[1];
    return [`${answer} ${field}`, ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 200)] as const;
  });
}

describe.skipIf(!canRun("shapes of PostHog's answers", reason))("answers have the shapes of the public types", () => {
  it("every field and every type, but for the known differences", async () => {
    const found = await answers();
    expect(Object.keys(found)).toEqual(Object.keys(known));
    const program = Object.entries(found).map(([type, answer]) => {
      const { more, less } = known[type]!;
      expect(more.filter((field) => !(field in answer))).toEqual([]);
      const own = Object.fromEntries(Object.entries(answer).filter(([field]) => !more.includes(field)));
      const omitted = less.map((field) => JSON.stringify(field)).join(" | ") || "never";
      // what is optional is asked for too: nothing that the type knows may be missing, unless it is in the list
      return `export const answer${type}: Required<Omit<Schemas.${type}, ${omitted}>> = ${JSON.stringify(own)};`;
    });
    const all = faultsIn([text, ...program].join("\n"));
    const faults = all.filter(([field]) => !mistyped.includes(field));
    const fields = Object.values(found).reduce((sum, answer) => sum + Object.keys(answer).length, 0);
    const differences = Object.values(known).reduce(
      (sum, { more, less }) => sum + more.length + less.length,
      mistyped.length,
    );
    console.log(
      `${fields} fields of ${program.length} answers compiled against the types; ${faults.length} faults, ${differences} known differences`,
    );
    expect(faults).toEqual([]);
    // a difference that is none any more leaves the list
    expect(all.map(([field]) => field).toSorted()).toEqual(mistyped.toSorted());
  }, 120_000);

  it("a wrong type would be seen", () => {
    expect(
      faultsIn(`${text}\nexport const a: Pick<Schemas.OrganizationBasic, "name"> = { name: 5 };`).join(),
    ).toContain("'number' is not assignable");
  }, 60_000);
});
