import path from "node:path";
import { Command } from "commander";
import { GoliveError } from "@golive/provider";
import { blocking, inspect, type Result, unknownItems } from "@golive/provider/checklist";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { factsOf, type Found } from "../doctor/facts";
import { printChecklist } from "../doctor/print";
import { valuesOf, viewOfConfig } from "../environment/from-config";
import { exportState, readState, type State } from "../environment/from-state";
import { findProject, type Project, stackName } from "../project/find";
import { readStackConfig } from "../project/stack-config";

interface Options {
  staging: string;
  stateFile: string[];
  state: boolean;
  live?: boolean;
  unmanaged?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive doctor production                       # from config, and state where there is one
  $ golive doctor production --live                # and as the account has it
  $ golive doctor --unmanaged --state-file shared.json --state-file staging.json --state-file production.json

What only a person can say is confirmed in production's config:
  pulumi config set --path 'confirmed[0]' billing --stack production`;

const collect = (value: string, list: string[]): string[] => [...list, value];

export const doctorCommand = (context: Context): Command =>
  new Command("doctor")
    .description(
      "Go through the go-live checklist: what passed, what failed and the step to take, what a person confirms.",
    )
    .argument("[stack]", "stack of the production environment", "production")
    .option("--staging <stack>", "stack of the environment to compare with", "staging")
    .option(
      "--state-file <stack=file>",
      "what `pulumi stack export` wrote, of a stack; repeat it for more",
      collect,
      [],
    )
    .option("--no-state", "read no state: what config alone says")
    .option("--live", "also read the account")
    .option("--unmanaged", "list what exists in the account and is declared in no stack")
    .option("--json", "print the results as JSON")
    .addHelpText("after", example)
    .action((stack: string, options: Options) => doctor(context, stack, options));

/** `production=state.json` by stack; a file without a name belongs to the stack that its name begins with. */
function stateFiles(context: Context, written: readonly string[]): Map<string, string> {
  return new Map(
    written.map((one) => {
      const at = one.indexOf("=");
      const stack = at > 0 ? one.slice(0, at) : path.basename(one).split(".")[0]!;
      return [stack, path.resolve(context.cwd, one.slice(at + 1))] as const;
    }),
  );
}

/** What config, state and the account say of one stack. */
async function find(
  context: Context,
  project: Project,
  stack: string,
  files: ReadonlyMap<string, string>,
  options: Options,
): Promise<{ found: Found; notes: string[] }> {
  const label = stackName(stack);
  const config = readStackConfig(project, stack);
  const file = files.get(label);
  const notes: string[] = [];
  let state: State | undefined;
  if (file) state = readState(file, label);
  else if (options.state)
    try {
      state = await exportState(project, stack, context.env);
    } catch (error) {
      if (!(error instanceof GoliveError)) throw error;
      notes.push(error.message);
    }
  // a stack that was made and never deployed holds nothing yet
  if (state && state.resources.length === 0) {
    notes.push(`${label} is not deployed yet: config alone is judged`);
    state = undefined;
  }
  if (!config.exists && !state)
    throw new UsageError(`there is no stack ${label} here`, "Name a stack that has config or state.");
  const customDomain = valuesOf(config, project.name)["customDomain"];
  return {
    found: {
      label,
      state,
      config: config.exists ? viewOfConfig(project.name, config) : undefined,
      customDomain: typeof customDomain === "string" ? customDomain : undefined,
    },
    notes,
  };
}

async function doctor(context: Context, stack: string, options: Options): Promise<void> {
  const project = findProject(context.cwd);
  const files = stateFiles(context, options.stateFile);
  const production = await find(context, project, stack, files, options);
  const hasStaging = readStackConfig(project, options.staging).exists || files.has(stackName(options.staging));
  const staging = hasStaging ? await find(context, project, options.staging, files, options) : undefined;
  const known = new Set([production.found.label, staging?.found.label]);
  const others = [...files].filter(([name]) => !known.has(name)).map(([name, file]) => readState(file, name));
  const confirmed = confirmedIn(project, stack);
  const facts = factsOf({ production: production.found, staging: staging?.found, others });
  const results = inspect(facts, confirmed);
  const notes = [...production.notes, ...(staging?.notes ?? [])];
  if (options.json)
    sayJson(context, { stack: production.found.label, ready: blocking(results).length === 0, notes, results });
  else {
    printChecklist(context, results);
    say(context, `\n${ending(results, production.found.label)}`);
    for (const note of notes) context.stderr.write(`note: ${note}\n`);
  }
  if (blocking(results).length > 0) context.code = exitCode.differs;
}

function confirmedIn(project: Project, stack: string): string[] {
  const config = readStackConfig(project, stack);
  const { confirmed = [] } = valuesOf(config, project.name);
  if (!Array.isArray(confirmed))
    throw new GoliveError("`confirmed` in config is no list", "Write e.g. `confirmed: [billing]`.");
  const names = confirmed.map(String);
  const [wrong] = unknownItems(names);
  if (wrong)
    throw new GoliveError(
      `\`confirmed\` names "${wrong}", which no item has`,
      "`golive doctor` prints each item's name in brackets.",
    );
  return names;
}

function ending(results: readonly Result[], stack: string): string {
  const left = blocking(results);
  const failed = left.filter(({ verdict }) => verdict.status === "failed").length;
  if (left.length === 0) return `${stack} is ready to go live.`;
  return `${stack} is not ready: ${failed} failed, ${left.length - failed} for a person to confirm.`;
}
