import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { adoptFiles } from "../adopt/files";
import { twins } from "../adopt/entries";
import { slugged } from "../adopt/names";
import { type Context, say, sayJson, UsageError } from "../context";
import { connect } from "../environment/connect";
import { findEnvironment, readEnvironment } from "../environment/from-live";
import { stackName } from "../project/find";
import { version } from "../version";
import { projectOption } from "../options";

interface Options {
  environment: string;
  project?: string;
  out: string;
  stack?: string;
  force?: boolean;
  json?: boolean;
}

const example = `
Example:
  $ golive adopt --environment production --out infra
  $ cd infra/shared && npm install && pulumi stack init shared && pulumi up
  $ cd .. && npm install && pulumi stack init production && pulumi up

Reads the account with GOLIVE_* variables. Nothing in it changes, then or at that first \`pulumi up\`. No secret is written:
a production key that the platform shows no more is managed without its value, until its \`version\` is raised.`;

export const adoptCommand = (context: Context): Command =>
  new Command("adopt")
    .description("Write the program and config that take an existing environment over, as it is.")
    .requiredOption("--environment <name>", "environment to take over: its name, id, or type where only one has it")
    .option(...projectOption)
    .requiredOption("--out <folder>", "where to write; an empty folder, or one that is not there yet")
    .option("--stack <name>", "stack that will own it; its name by default")
    .option("--force", "write into a folder that holds files, over those of the same name")
    .option("--json", "print what was written as JSON")
    .addHelpText("after", example)
    .action((options: Options) => adopt(context, options));

async function adopt(context: Context, options: Options): Promise<void> {
  const folder = path.resolve(context.cwd, options.out);
  if (!options.force && existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`${options.out} holds files already`, "Name an empty folder, or add --force.");
  const { platform } = await connect(context);
  const environment = await findEnvironment(platform, options.environment, options.project);
  const live = await readEnvironment(platform, environment);
  for (const name of twins(live))
    context.stderr.write(
      `note: more than one ${name} exists; the program takes over one of them, rename the others or adopt them by id\n`,
    );
  const { state } = environment;
  const stack =
    options.stack === undefined ? slugged(state.name ?? "", state.type ?? "environment") : stackName(options.stack);
  const files = adoptFiles({ live, stack, version, now: new Date() });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const count = {
    applications: live.applications.length,
    flags: live.flags.length,
    rules: live.rules.length,
    webhooks: live.webhooks.length,
    keys: live.keys.length,
  };
  if (options.json)
    return sayJson(context, {
      folder: options.out,
      stack,
      environment: environment.id,
      count,
      files: Object.keys(files),
    });
  const found = Object.entries(count).map(([what, n]) => `${n} ${what}`);
  say(
    context,
    `Wrote ${Object.keys(files).length} files into ${options.out}: ${environment.state.name} with ${found.join(", ")}.`,
  );
  say(context, `Next: npm install and pulumi up in ${path.join(options.out, "shared")}, then in ${options.out}.`);
}
