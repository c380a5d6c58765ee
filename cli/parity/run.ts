import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseMapping } from "../clone/hosts";
import { type Context, exitCode, painter, say, sayJson, UsageError } from "../context";
import { connect, platformOfStack } from "../environment/connect";
import { viewFromConfig, viewFromLive, viewFromState } from "../environment/sources";
import type { View } from "../environment/view";
import { compare, counted, type Difference } from "./compare";
import { parityPage, shown } from "./html";
import { table } from "../table";
import type { Options } from "../commands/parity";

/** Both environments, from where the options say. */
async function read(context: Context, stacks: readonly [string, string], options: Options): Promise<[View, View]> {
  const source = options.live ? "live" : options.stateFile ? "state" : options.from;
  const both = async (view: (stack: string, i: number) => View | Promise<View>): Promise<[View, View]> => [
    await view(stacks[0], 0),
    await view(stacks[1], 1),
  ];
  const { stateFile = [] } = options;
  switch (source) {
    case "config":
      return both((stack) => viewFromConfig(context, stack));
    case "state":
      if (stateFile.length === 1 || stateFile.length > 2)
        throw new UsageError("--state-file is given once", "Give it twice: first of the one stack, then of the other.");
      return both((stack, i) => viewFromState(context, stack, stateFile[i]));
    case "live": {
      const { platform } = await connect(context, stacks[1]);
      return both((stack) => viewFromLive(context, platform, stack, options.project));
    }
    default:
      throw new UsageError(`--from ${String(source)} is no source`, "Use config, state or live.");
  }
}

export async function parity(context: Context, stacks: readonly [string, string], options: Options): Promise<void> {
  const [staging, production] = await read(context, stacks, options);
  const differences = compare(
    staging,
    production,
    platformOfStack(context, stacks[1]),
    (options.map ?? []).map(parseMapping),
  );
  const count = counted(differences);
  const about = { staging: staging.label, production: production.label, source: staging.source };
  if (options.html) writeFileSync(path.resolve(context.cwd, options.html), parityPage(differences, about));
  if (options.json) sayJson(context, { ...about, count, differences });
  else {
    print(
      context,
      differences.filter(({ verdict }) => options.all || verdict !== "same"),
      about,
    );
    say(
      context,
      `${count.accident} by accident, ${count.design} by design, ${count.same} the same (from ${about.source}).`,
    );
    if (options.html) say(context, `Wrote ${options.html}.`);
  }
  if (options.check && count.accident > 0) context.code = exitCode.differs;
}

const short = (value: unknown): string => {
  const text = shown(value);
  return text.length > 48 ? `${text.slice(0, 45)}...` : text;
};
function print(
  context: Context,
  differences: readonly Difference[],
  about: { staging: string; production: string },
): void {
  if (differences.length === 0) return;
  const paint = painter(context);
  const colour = { accident: "red", design: "cyan", same: "gray" } as const;
  const order = ["accident", "design", "same"];
  const rows = differences
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
    .map((d) => [paint(colour[d.verdict], d.verdict), d.path, short(d.staging), short(d.production), d.reason]);
  say(context, `${table(["", "path", about.staging, about.production, "why"], rows)}\n\n`);
}
