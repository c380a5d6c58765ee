import { Command } from "commander";
import type { Context } from "../context";
import { collect } from "../options";

export interface Options {
  staging?: string;
  stateFile?: readonly string[];
  state: boolean;
  live?: boolean;
  project?: string;
  unmanaged?: boolean;
  ignore?: readonly string[];
  json?: boolean;
}

const example = `
Example:
  $ golive doctor production                       # from config, and state where there is one
  $ golive doctor production --live                # and as the account has it
  $ golive doctor --unmanaged staging production --state-file shared.json

What only a person can say is confirmed in production's config:
  pulumi config set --path 'confirmed[0]' billing --stack production`;

export const doctorCommand = (context: Context): Command =>
  new Command("doctor")
    .description(
      "Go through the go-live checklist: what passed, what failed with the step to take, what a person confirms.",
    )
    .argument("[stacks...]", "stack of the production environment; with --unmanaged every stack to read")
    .option("--staging <stack>", "stack of the environment to compare with (default: staging)")
    .option("--state-file <stack=file>", "what `pulumi stack export` wrote of a stack; repeat it for more", collect)
    .option("--no-state", "read no state but from --state-file")
    .option("--live", "also read the account")
    .option(
      "--project <name>",
      "project of the account: where several have an environment of that name, or to look at alone",
    )
    .option("--unmanaged", "list what exists in the account and is declared in no stack")
    .option(
      "--ignore <name>",
      "with --unmanaged, objects of this name are known: leave them out; repeat it for more",
      collect,
    )
    .option("--json", "print the results as JSON")
    .addHelpText("after", example)
    .action(async (stacks: readonly string[], options: Options) => {
      const { checklist, unmanaged } = await import("../doctor/run.js");
      await (options.unmanaged ? unmanaged : checklist)(context, stacks, options);
    });
