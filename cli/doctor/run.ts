import { GoliveError } from "@golive/provider/errors";
import { blocking, inspect, type Item, type Result, unknownItems } from "@golive/provider/checklist";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { factsOf } from "./facts";
import { gather, type Sources, stateFiles } from "./gather";
import { printChecklist, printUnmanaged } from "./print";
import { findUnmanaged } from "./unmanaged";
import { connect, platformOfStack } from "../environment/connect";
import { programValues } from "../environment/from-config";
import { exportState, readState } from "../environment/from-state";
import { findProject, type Project, stackName } from "../project/find";
import { readStackConfig } from "../project/stack-config";
import type { Options } from "../commands/doctor";

export async function checklist(context: Context, stacks: readonly string[], options: Options): Promise<void> {
  const [stack = "production", another] = stacks;
  if (another) throw new UsageError(`${another} is one stack too many`, "Name the stack of production alone.");
  const project = findProject(context.cwd);
  const connected = options.live ? await connect(context, stack) : undefined;
  const sources: Sources = {
    files: stateFiles(context, options.stateFile ?? []),
    exportState: options.state,
    live: connected && { ...connected, project: options.project },
  };
  const production = await gather(context, project, stack, sources);
  const wanted = options.staging ?? "staging";
  const hasStaging = readStackConfig(project, wanted).exists || sources.files.has(stackName(wanted));
  // whoever names it wants it compared; the default may not be there
  const staging =
    hasStaging || options.staging !== undefined ? await gather(context, project, wanted, sources) : undefined;
  const taken = new Set([production.found.label, staging?.found.label]);
  const others = [...sources.files].filter(([name]) => !taken.has(name)).map(([name, file]) => readState(file, name));
  const account = await connected?.platform.facts?.account();
  const facts = factsOf({ production: production.found, staging: staging?.found, others, account });
  const { checklist: items } = platformOfStack(context, stack);
  const results = inspect(items, facts, confirmedIn(project, stack, items));
  const notes = [...production.notes, ...(staging?.notes ?? [`there is no stack ${wanted} to compare with.`])];
  const ready = blocking(results).length === 0;
  if (options.json) sayJson(context, { stack: production.found.label, ready, notes, results });
  else {
    printChecklist(context, results);
    say(context, `\n${ending(results, production.found.label)}`);
    for (const note of notes) context.stderr.write(`note: ${note}\n`);
  }
  if (!ready) context.code = exitCode.differs;
}

function confirmedIn(project: Project, stack: string, items: readonly Item[]): string[] {
  const { confirmed = [] } = programValues(readStackConfig(project, stack), project.name);
  if (!Array.isArray(confirmed))
    throw new GoliveError("`confirmed` in config is no list", "Write e.g. `confirmed: [billing]`.");
  const names = confirmed.map(String);
  const [wrong] = unknownItems(items, names);
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

export async function unmanaged(context: Context, stacks: readonly string[], options: Options): Promise<void> {
  const files = stateFiles(context, options.stateFile ?? []);
  if (files.size === 0 && stacks.length === 0)
    throw new UsageError("there is no stack to compare the account with", "Name stacks, or give --state-file.");
  const states = [...files].map(([name, file]) => readState(file, name));
  for (const stack of stacks.filter((name) => !files.has(stackName(name))))
    states.push(await exportState(findProject(context.cwd), stack, context.env));
  const { platform } = await connect(context, stacks[0]);
  const ignored = new Set(options.ignore);
  const all = await findUnmanaged(platform, states, new Date(), options.project);
  const found = all.filter(({ name }) => !ignored.has(name));
  if (options.json) sayJson(context, { stacks: states.map(({ label }) => label), unmanaged: found });
  else
    printUnmanaged(
      context,
      found,
      states.map(({ label }) => label),
    );
  if (found.length > 0) context.code = exitCode.differs;
}
