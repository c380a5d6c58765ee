import { Command } from "commander";
import type { Context } from "../context";

export interface Options {
  out?: string;
  check?: boolean;
  expectNoChanges?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive summary staging.json production.json --out summary.md
  # after, for each stack: pulumi preview --stack staging --json > staging.json

A preview that was refused is summed up too: it prints its reasons into the same file.`;

export const summaryCommand = (context: Context): Command =>
  new Command("summary")
    .description("Sum up previews for a pull request: what changes in which environment, and what is refused.")
    .argument("<previews...>", "what `pulumi preview --json` printed, as file or name=file")
    .option("--out <file>", "write the summary there, not to the terminal")
    .option("--check", "end with 3 when a preview was refused")
    .option("--expect-no-changes", "end with 3 when anything changes, too: drift")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", example)
    .action(async (written: readonly string[], options: Options) => {
      const { summary } = await import("../summary/run.js");
      summary(context, written, options);
    });
