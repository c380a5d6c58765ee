import { Command, CommanderError } from "commander";
import { adoptCommand } from "./commands/adopt";
import { cloneCommand } from "./commands/clone";
import { completionCommand } from "./commands/completion";
import { doctorCommand } from "./commands/doctor";
import { parityCommand } from "./commands/parity";
import { serveCommand } from "./commands/serve";
import { summaryCommand } from "./commands/summary";
import { verifyContractCommand } from "./commands/verify-contract";
import { type Context, type ExitCode, exitCode, processContext, UsageError } from "./context";
import { withoutCredentials } from "./credentials";
import { version } from "./version";

const exitCodes = `
Exit codes:
  0  done, or nothing to do
  1  failed; one sentence on stderr says why
  2  wrong usage
  3  a check found differences, or a step is left`;

/** The command line, bound to the terminal of `context`. */
export function program(context: Context): Command {
  const golive = new Command("golive")
    .description("Rehearse, clone, compare and check the environments that golive deploys.")
    .version(version)
    .addHelpText("after", exitCodes);
  const commands = [
    serveCommand(context),
    cloneCommand(context),
    parityCommand(context),
    doctorCommand(context),
    adoptCommand(context),
    summaryCommand(context),
    verifyContractCommand(context),
    completionCommand(context, () => golive),
  ];
  for (const command of commands) golive.addCommand(command);
  for (const command of [golive, ...golive.commands])
    command
      .exitOverride()
      .showHelpAfterError("(add --help for the options and an example)")
      .configureOutput({
        writeOut: (text) => void context.stdout.write(text),
        writeErr: (text) => void context.stderr.write(text),
      });
  return golive;
}

/** Runs one command line; answers the exit code and never throws. */
export async function run(args: readonly string[], context: Context = processContext()): Promise<ExitCode> {
  try {
    await program(context).parseAsync([...args], { from: "user" });
    return context.code;
  } catch (error) {
    // commander has said it already
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    context.stderr.write(withoutCredentials(`golive: ${error instanceof Error ? error.message : String(error)}\n`));
    return error instanceof UsageError ? exitCode.usage : exitCode.failed;
  }
}
