import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Command } from "commander";
import { parse, parseDocument } from "yaml";
import { marked, withLive } from "../clone/from-live";
import { parseMapping } from "../clone/hosts";
import { type ClonePlan, planClone } from "../clone/plan";
import { printPlan } from "../clone/print";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { connect, platformOfStack } from "../environment/connect";
import { viewFromLive } from "../environment/sources";
import { findProject, stackName } from "../project/find";
import { readStackConfig, requireStackConfig, withoutAliases } from "../project/stack-config";
import { collect, projectOption } from "../options";

interface Options {
  map?: readonly string[];
  set?: readonly string[];
  yes?: boolean;
  check?: boolean;
  fromLive?: boolean;
  project?: string;
  verbose?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive clone staging production --map staging.example.com=example.com
  $ golive clone staging production --map staging.example.com=example.com --yes
  $ golive clone staging production --check        # in CI: has production fallen behind?

What production has stays as people wrote it; what they commented out stays out.`;

/** `name=Production` to a pair. */
function parseAnswer(text: string): readonly [path: string, value: string] {
  const at = text.indexOf("=");
  const value = text.slice(at + 1);
  if (at < 1 || parseDocument(value).errors.length > 0)
    throw new UsageError(`--set ${text} sets nothing`, "Write e.g. `--set name=Production`; a list as `[a, b]`.");
  return [text.slice(0, at), value];
}

/** An answer that is not in the plan is never passed over in silence. */
function requireTaken({ lines }: ClonePlan, asked: string, answer: string, file: string): void {
  const line = lines.find((one) => one.path === asked);
  if (!line) throw new UsageError(`--set ${asked} names nothing in the plan`, "Its lines show each path.");
  if (line.action === "changed" || line.to === answer || isDeepStrictEqual(line.to, parse(answer))) return;
  if (line.action === "secret")
    throw new UsageError(`--set ${asked} is a secret`, `golive writes none: ${line.command}`);
  const why = line.to === undefined ? line.reason : `${file} has ${JSON.stringify(line.to)}`;
  throw new UsageError(`--set ${asked}: ${why}`, `What people wrote there stays: write the answer in ${file}.`);
}

export const cloneCommand = (context: Context): Command =>
  new Command("clone")
    .description("Write a stack's config from another's, by the crossing rule of each field.")
    .argument("<from>", "stack to read, e.g. staging")
    .argument("<to>", "stack to write, e.g. production")
    .option("--map <from=to>", "a host and what stands for it; repeat it for more, subdomains follow", collect)
    .option("--set <path=value>", "an answer to what is asked, e.g. name=Production; repeat it for more", collect)
    .option("--from-live", "also clone what exists in the account and not in the config of <from>")
    .option(...projectOption)
    .option("--yes", "write the plan; without it the plan is only shown")
    .option("--check", "write nothing, and exit with 3 when the target has fallen behind")
    .option("--verbose", "also list what stays as it is")
    .option("--json", "print the plan as JSON")
    .addHelpText("after", example)
    .action((from: string, to: string, options: Options) => clone(context, from, to, options));

async function clone(context: Context, from: string, to: string, options: Options): Promise<void> {
  if (stackName(from) === stackName(to))
    throw new UsageError(`${from} cannot be cloned into itself`, "Name two stacks.");
  if (options.yes && options.check) throw new UsageError("--check writes nothing", "Leave out --yes or --check.");
  const project = findProject(context.cwd);
  if (project.extension === ".json")
    throw new UsageError("stacks of a Pulumi.json are JSON, which holds no comments", "Make it a Pulumi.yaml first.");
  const production = readStackConfig(project, to);
  const declared = withoutAliases(requireStackConfig(project, from));
  const live = options.fromLive
    ? await viewFromLive(context, (await connect(context, from)).platform, from, options.project)
    : undefined;
  const { staging, paths } = live ? withLive(project.name, declared, live) : { staging: declared, paths: [] };
  const answers = new Map((options.set ?? []).map(parseAnswer));
  const planned = planClone({
    project: project.name,
    staging,
    production,
    mappings: (options.map ?? []).map(parseMapping),
    answers,
    platform: platformOfStack(context, from),
  });
  for (const [asked, answer] of answers) requireTaken(planned, asked, answer, path.basename(production.file));
  const plan = { ...planned, lines: marked(planned.lines, paths) };
  const file = path.relative(context.cwd, production.file);
  const written = options.yes === true && plan.writes;
  if (written) writeFileSync(production.file, plan.text);
  const { writes, behind } = plan;
  if (options.json) sayJson(context, { file, writes, written, behind, plan: plan.lines });
  else {
    printPlan(context, plan, { from, to, verbose: options.verbose === true });
    say(context, ending(plan, { from, to, file, written, check: options.check === true }));
  }
  if (options.check && behind) context.code = exitCode.differs;
}

interface Ending {
  from: string;
  to: string;
  file: string;
  written: boolean;
  check: boolean;
}
/** The last line: what happened, and what to do next. */
function ending({ lines, writes, behind, unset }: ClonePlan, { from, to, file, written, check }: Ending): string {
  const secrets =
    unset.length === 0 ? "" : ` ${unset.length} secret${unset.length > 1 ? "s" : ""} to set, listed above.`;
  if (written) return `Wrote ${file}.${secrets} Next: pulumi preview --stack ${to}`;
  if (!writes || (check && !behind)) {
    const asked = lines.filter(({ action }) => action === "asked").length;
    const answers = asked === 0 ? "" : ` ${asked} value${asked > 1 ? "s wait" : " waits"} for an answer, listed above.`;
    return secrets + answers === ""
      ? `Nothing to do: ${to} has all that ${from} has.`
      : `Nothing to write.${secrets}${answers}`;
  }
  if (check) return `${to} has fallen behind ${from}: run \`golive clone ${from} ${to} --yes\`.${secrets}`;
  return `Nothing is written yet: add --yes to write ${file}.${secrets}`;
}
