import { Command } from "commander";
import type { Context } from "../context";
import { projectOption } from "../options";

export interface Options {
  environment: string;
  project?: string;
  out?: string;
  importFile?: string;
  stack?: string;
  force?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive adopt --environment production --out infra
  $ cd infra/shared && npm install && pulumi stack init shared && pulumi up
  $ cd .. && npm install && pulumi stack init production && pulumi up

  $ golive adopt --environment production --import-file import.json
  $ pulumi import --file import.json

Reads the account with GOLIVE_* variables. Nothing in it changes, then or at that first \`pulumi up\`. No secret is written:
a production key that the platform shows no more is managed without its value, until its \`version\` is raised.`;

export const adoptCommand = (context: Context): Command =>
  new Command("adopt")
    .description("Write the program and config that take an existing environment over, as it is.")
    .requiredOption("--environment <name>", "environment to take over: its name, id, or type where only one has it")
    .option(...projectOption)
    .option("--out <folder>", "where to write the program; an empty folder, or one that is not there yet")
    .option("--import-file <file>", "write what `pulumi import --file` reads, for a program through the plugin door")
    .option("--stack <name>", "stack that will own it; its name by default")
    .option("--force", "write into a folder that holds files, over those of the same name, and over the import file")
    .option("--json", "print what was written as JSON")
    .addHelpText("after", example)
    .action(async (options: Options) => {
      const { adopt } = await import("../adopt/run.js");
      await adopt(context, options);
    });
