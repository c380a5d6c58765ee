import { Command } from "commander";
import type { Context } from "../context";
import { collect, projectOption } from "../options";

export interface Options {
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
    .action(async (from: string, to: string, options: Options) => {
      const { clone } = await import("../clone/run.js");
      await clone(context, from, to, options);
    });
