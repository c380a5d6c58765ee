import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { adoptFiles } from "./files";
import { isOfFlags, rowOf, sectionNames } from "@golive/provider/stage";
import { GoliveError } from "@golive/provider/errors";
import { adoptable, twins, whyNoEnvironment } from "./entries";
import { importsOf } from "./import-file";
import { slugged } from "./names";
import { type Context, say, sayJson, UsageError } from "../context";
import { connect } from "../environment/connect";
import { findEnvironment, listOf, readEnvironment } from "../environment/from-live";
import { stackName } from "../project/find";
import { shellLine, shellWord } from "../shell";
import { version } from "../version";
import type { Options } from "../commands/adopt";

const namesOf = (lives: readonly { readonly state: { readonly name?: string | null | undefined } }[]): string[] =>
  lives.flatMap(({ state }) => state.name ?? []);

export async function adopt(context: Context, options: Options): Promise<void> {
  const { out, importFile } = options;
  if (out === undefined && importFile === undefined)
    throw new UsageError("nothing says where to write", "Add --out <folder>, --import-file <file>, or both.");
  const folder = out === undefined ? undefined : path.resolve(context.cwd, out);
  if (!options.force && folder && existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`${out} holds files already`, "Name an empty folder, or add --force.");
  const imports = importFile === undefined ? undefined : path.resolve(context.cwd, importFile);
  if (!options.force && imports && existsSync(imports))
    throw new UsageError(`${importFile} is there already`, "Name another file, or add --force.");
  const { platform } = await connect(context);
  const environment = await findEnvironment(platform, options.environment, options.project);
  const live = await readEnvironment(platform, environment);
  // an import goes by ids
  for (const name of folder ? twins(live) : [])
    context.stderr.write(
      `note: more than one ${name} exists; the program takes over one of them, rename the others or adopt them by id\n`,
    );
  const { state } = environment;
  const why = whyNoEnvironment(live);
  if (why) throw new GoliveError(`"${state.name}" cannot be taken over as it is: ${why}`, "Change that first.");
  const [projects, environments] = await Promise.all([
    listOf(platform, "Project", {}),
    listOf(platform, "Environment", {}),
  ]);
  const beside = environments.filter((other) => other.state.project === state.project && other.id !== environment.id);
  const stack =
    options.stack === undefined
      ? slugged(state.name ?? "", state.type ?? "environment", namesOf(beside))
      : stackName(options.stack);
  const now = new Date();
  const { view, flags, leftOut } = adoptable(live, now);
  for (const left of leftOut) context.stderr.write(`note: left out: ${left}\n`);
  const others = namesOf(projects.filter(({ id }) => id !== state.project));
  const files = adoptFiles({ live, stack, version, now, others });
  for (const [name, text] of folder ? Object.entries(files) : []) {
    mkdirSync(path.dirname(path.join(folder!, name)), { recursive: true });
    writeFileSync(path.join(folder!, name), text);
  }
  const { resources } = importsOf(live, now);
  if (imports) writeFileSync(imports, `${JSON.stringify({ resources }, undefined, 2)}\n`);
  const counts = sectionNames.map((section) => ({
    ...(isOfFlags(section) && { flags: flags.length }),
    [rowOf(section).plural]: Object.keys(view.entries[section]).length,
  }));
  const count = Object.assign({}, ...counts) as Record<string, number>;
  if (options.json)
    return sayJson(context, {
      ...(folder && { folder: out, stack }),
      environment: environment.id,
      count,
      ...(folder && { files: Object.keys(files) }),
      ...(imports && { importFile, resources: resources.length }),
    });
  const found = Object.entries(count).map(([what, n]) => `${n} ${what}`);
  if (out !== undefined) {
    const what = `${environment.state.name} with ${found.join(", ")}`;
    say(context, `Wrote ${Object.keys(files).length} files into ${out}: ${what}.`);
    const shared = shellWord(path.join(out, "shared"));
    say(context, `Next: npm install and pulumi up in ${shared}, then in ${shellWord(out)}.`);
  }
  if (importFile === undefined) return;
  say(context, `Wrote ${resources.length} resources of ${environment.state.name} into ${importFile}.`);
  say(context, `Next: ${shellLine("pulumi", "import", "--file", importFile)}, with the plugin \`golive\` on PATH.`);
}
