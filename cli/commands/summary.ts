import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { markdown } from "../summary/markdown";
import { countsOf, readPreview } from "../summary/preview";

interface Options {
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

/** `production=out/preview.json` by name; a file without one is called as itself. */
function named(written: string): { name: string; file: string } {
  const at = written.indexOf("=");
  const file = written.slice(at + 1);
  return { name: at > 0 ? written.slice(0, at) : path.basename(file, ".json"), file };
}

function read(context: Context, file: string): string {
  try {
    return readFileSync(path.resolve(context.cwd, file), "utf8");
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${(error as { code?: string }).code}`,
      "Name files that `pulumi preview --json` wrote.",
    );
  }
}

export const summaryCommand = (context: Context): Command =>
  new Command("summary")
    .description("Sum up previews for a pull request: what changes in which environment, and what is refused.")
    .argument("<previews...>", "what `pulumi preview --json` printed, as file or name=file")
    .option("--out <file>", "write the summary there, not to the terminal")
    .option("--check", "end with 3 when a preview was refused")
    .option("--expect-no-changes", "end with 3 when anything changes, too: drift")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", example)
    .action((written: readonly string[], { out, check, expectNoChanges, json }: Options) => {
      const previews = written.map(named).map(({ name, file }) => readPreview(name, read(context, file)));
      const told = previews.map((preview) => ({ ...preview, counts: countsOf(preview) }));
      if (out !== undefined) writeFileSync(path.resolve(context.cwd, out), markdown(previews));
      if (json) sayJson(context, { environments: told });
      else if (out === undefined) say(context, markdown(previews));
      const isRefused = previews.some(({ refused }) => refused.length > 0);
      const isChanged = previews.some(({ changes }) => changes.length > 0);
      if (((check || expectNoChanges) && isRefused) || (expectNoChanges && isChanged)) context.code = exitCode.differs;
    });
