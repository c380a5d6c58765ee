import { styleText } from "node:util";
import { withoutCredentials } from "./credentials";
import { GoliveError } from "@golive/provider/errors";

/** What a command's exit code says. */
export const exitCode = {
  /** Done, or nothing to do. */
  done: 0,
  /** Something went wrong. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A check found differences, or a step is left. */
  differs: 3,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The command line is wrong: ends with code 2. */
export class UsageError extends GoliveError {}

type Style = Parameters<typeof styleText>[0];
interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What a command reads and writes, so that a test can be its terminal. */
export interface Context {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** What the process ends with. */
  code: ExitCode;
}

export const processContext = (): Context => ({
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  code: exitCode.done,
});

/** One line, or a text of several, for a person. */
export const say = ({ stdout }: Context, text: string): void =>
  void stdout.write(withoutCredentials(text.endsWith("\n") ? text : `${text}\n`));
/** One JSON document, for a program. */
export const sayJson = (context: Context, value: unknown): void => say(context, JSON.stringify(value, undefined, 2));

/** Styles text on a terminal, and leaves it alone everywhere else. */
export const painter =
  ({ stdout, env }: Context) =>
  (style: Style, text: string): string =>
    stdout.isTTY === true && !env["NO_COLOR"] ? styleText(style, text, { validateStream: false }) : text;
