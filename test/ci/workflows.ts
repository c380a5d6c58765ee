// The workflows of examples/ci as data: jobs, and what each of them runs, word for word.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const textOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../examples/ci/${file}`, import.meta.url)), "utf8");

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
export interface GithubJob {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
export interface GithubWorkflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, GithubJob>>;
}
export const githubFiles = [
  "github/preview.yml",
  "github/drift.yml",
  "github/deploy.yml",
  "github/preview-environment.yml",
  "github/deploy-keys.yml",
] as const;
export const githubWorkflow = (file: (typeof githubFiles)[number]): GithubWorkflow =>
  parse(textOf(file)) as GithubWorkflow;

export interface GitlabJob {
  readonly extends?: string;
  readonly stage?: string;
  readonly environment?: string;
  readonly rules?: readonly { readonly if: string; readonly when?: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}
const notJobs = new Set(["image", "stages"]);
export const gitlabJobs = (): Readonly<Record<string, GitlabJob>> =>
  Object.fromEntries(
    Object.entries(parse(textOf("gitlab/.gitlab-ci.yml")) as Record<string, GitlabJob>).filter(
      ([name]) => !notJobs.has(name),
    ),
  );

/** What GitHub puts in place of an expression. One that is not here fails the test. */
const expressions: Readonly<Record<string, string>> = { "github.token": "gh-token", "github.event.number": "7" };
export const filledIn = (env: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
        if (!(expression in expressions)) throw new Error(`${expression} is no expression that the test knows`);
        return expressions[expression]!;
      }),
    ]),
  );
