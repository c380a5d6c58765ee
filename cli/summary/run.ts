import { writeFileSync } from "node:fs";
import { GoliveError } from "@golive/provider/errors";
import path from "node:path";
import { type Context, exitCode, say, sayJson, UsageError } from "../context";
import { markdown } from "./markdown";
import { countsOf, readPreview } from "./preview";

import { readText } from "../project/text";
import type { Options } from "../commands/summary";

/** `production=out/preview.json` by name; a file without one is called as itself. */
function named(written: string): { name: string; file: string } {
  const at = written.indexOf("=");
  const file = written.slice(at + 1);
  return { name: at > 0 ? written.slice(0, at) : path.basename(file, ".json"), file };
}

function read(context: Context, file: string): string {
  try {
    return readText(path.resolve(context.cwd, file), file).text;
  } catch (error) {
    if (error instanceof GoliveError) throw error;
    throw new UsageError(
      `${file} cannot be read: ${(error as { code?: string }).code}`,
      "Name files that `pulumi preview --json` wrote.",
    );
  }
}

export function summary(
  context: Context,
  written: readonly string[],
  { out, check, expectNoChanges, json }: Options,
): void {
  const previews = written.map(named).map(({ name, file }) => readPreview(name, read(context, file)));
  const told = previews.map((preview) => ({ ...preview, counts: countsOf(preview) }));
  if (out !== undefined) writeFileSync(path.resolve(context.cwd, out), markdown(previews));
  if (json) sayJson(context, { environments: told });
  else if (out === undefined) say(context, markdown(previews));
  const isRefused = previews.some(({ refused }) => refused.length > 0);
  const isChanged = previews.some(({ changes }) => changes.length > 0);
  if (((check || expectNoChanges) && isRefused) || (expectNoChanges && isChanged)) context.code = exitCode.differs;
}
