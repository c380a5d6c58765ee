import { Command } from "commander";
import type { Context } from "../context";
import { collect, projectOption } from "../options";

export interface Options {
  from: "config" | "state" | "live";
  live?: boolean;
  project?: string;
  stateFile?: readonly string[];
  map?: readonly string[];
  html?: string;
  all?: boolean;
  check?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive parity staging production                 # as config declares them
  $ golive parity staging production --from state    # as the last \`pulumi up\` left them
  $ golive parity staging production --live          # as they are
  $ golive parity staging production --html parity.html --check

Differences that a field's crossing rule explains are by design; so is one that production's config explains:
  beta-search: { enabled: false } # differs: launches in June`;

export const parityCommand = (context: Context): Command =>
  new Command("parity")
    .description("Show two environments side by side: what differs by design, and what by accident.")
    .argument("<staging>", "stack of the one environment, e.g. staging")
    .argument("<production>", "stack of the other, e.g. production")
    .option("--from <source>", "config, state or live", "config")
    .option("--live", "short for --from live")
    .option(...projectOption)
    .option(
      "--state-file <file>",
      "what `pulumi stack export` wrote; give it twice, in the order of the stacks",
      collect,
    )
    .option("--map <from=to>", "a host and what stands for it in production", collect)
    .option("--html <file>", "write one static page")
    .option("--all", "also list what is the same")
    .option("--check", "exit with 3 when something differs by accident")
    .option("--json", "print the comparison as JSON")
    .addHelpText("after", example)
    .action(async (staging: string, production: string, options: Options) => {
      const { parity } = await import("../parity/run.js");
      await parity(context, [staging, production], options);
    });
