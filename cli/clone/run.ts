import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { marked, withLive } from "./from-live";
import { parseMapping } from "./hosts";
import { type ClonePlan, planClone } from "./plan";
import { printPlan } from "./print";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { connect, platformOfStack } from "../environment/connect";
import { viewFromLive } from "../environment/sources";
import { findProject, stackName } from "../project/find";
import { encoded } from "../project/text";
import { plainOf } from "../project/values";
import { parseYaml } from "../yaml/document";
import { shellLine } from "../shell";
import { hasCredentials, withoutCredentials } from "../credentials";
import { readStackConfig, requireStackConfig, flattened } from "../project/stack-config";
import type { Options } from "../commands/clone";

/** `name=Production` to a pair. */
function parseAnswer(text: string): readonly [path: string, value: string] {
  const at = text.indexOf("=");
  const value = text.slice(at + 1);
  if (at < 1 || parseYaml(value).errors.length > 0)
    throw new UsageError(
      `--set ${withoutCredentials(text)} sets nothing`,
      "Write e.g. `--set name=Production`; a list as `[a, b]`.",
    );
  const asked = text.slice(0, at);
  if (hasCredentials(value))
    throw new UsageError(`--set ${asked} holds a user name or a password`, "golive writes none: set it as a secret.");
  return [asked, value];
}

/** An answer that is not in the plan is never passed over in silence. */
function requireTaken({ lines }: ClonePlan, asked: string, answer: string, file: string): void {
  const line = lines.find((one) => one.path === asked);
  if (!line) throw new UsageError(`--set ${asked} names nothing in the plan`, "Its lines show each path.");
  if (
    line.action === "changed" ||
    line.to === answer ||
    isDeepStrictEqual(line.to, plainOf(parseYaml(answer).contents))
  )
    return;
  if (line.action === "secret")
    throw new UsageError(`--set ${asked} is a secret`, `golive writes none: ${line.command}`);
  const why = line.to === undefined ? line.reason : `${file} has ${JSON.stringify(line.to)}`;
  throw new UsageError(`--set ${asked}: ${why}`, `What people wrote there stays: write the answer in ${file}.`);
}

export async function clone(context: Context, from: string, to: string, options: Options): Promise<void> {
  if (stackName(from) === stackName(to))
    throw new UsageError(`${from} cannot be cloned into itself`, "Name two stacks.");
  if (options.yes && options.check) throw new UsageError("--check writes nothing", "Leave out --yes or --check.");
  const project = findProject(context.cwd);
  const production = readStackConfig(project, to);
  const declared = flattened(requireStackConfig(project, from));
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
  if (written) writeFileSync(production.file, encoded(plan.text, production.encoding ?? "utf-8"));
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
  if (written) return `Wrote ${file}.${secrets} Next: ${shellLine("pulumi", "preview", "--stack", to)}`;
  if (!writes || (check && !behind)) {
    const asked = lines.filter(({ action }) => action === "asked").length;
    const answers = asked === 0 ? "" : ` ${asked} value${asked > 1 ? "s wait" : " waits"} for an answer, listed above.`;
    return secrets + answers === ""
      ? `Nothing to do: ${to} has all that ${from} has.`
      : `Nothing to write.${secrets}${answers}`;
  }
  if (check)
    return `${to} has fallen behind ${from}: run \`${shellLine("golive", "clone", from, to, "--yes")}\`.${secrets}`;
  return `Nothing is written yet: add --yes to write ${file}.${secrets}`;
}
