import { existsSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, isScalar, type YAMLMap } from "yaml";
import { GoliveError } from "@golive/provider/errors";
import { UsageError } from "../context";
import { quoted, shellLine } from "../shell";
import { documentOf, parseYaml } from "../yaml/document";
import { flat, resolved } from "../yaml/flat";
import { parsedJson, type Project, stackFile, stackName } from "./find";
import type { SharedConfig } from "./shared-config";
import { type Encoding, readText } from "./text";

export { isSecure, keyOf, splitKey } from "./values";

/** One stack's config file, as text and parsed; a file that is not there yet is empty. */
export interface StackConfig {
  readonly stack: string;
  readonly file: string;
  readonly exists: boolean;
  readonly text: string;
  readonly document: Document;
  /** The map under `config:`, where there is one. */
  readonly config: YAMLMap | undefined;
  /** What Pulumi.yaml says for every stack. */
  readonly shared?: SharedConfig;
  readonly encoding?: Encoding;
}

export function readStackConfig(project: Project, stack: string): StackConfig {
  const file = stackFile(project, stack);
  const exists = existsSync(file);
  const { text, encoding } = exists ? readText(file, path.basename(file)) : { text: "", encoding: "utf-8" as const };
  return {
    ...parseStackConfig(text, path.basename(file)),
    file,
    exists,
    encoding,
    stack: stackName(stack),
    shared: project.shared,
  };
}

/** The same, of a stack that has to exist. */
export function requireStackConfig(project: Project, stack: string): StackConfig {
  const config = readStackConfig(project, stack);
  if (config.exists) return config;
  throw new UsageError(
    `there is no ${path.basename(config.file)}`,
    `Name a stack of project ${project.name} that has config.`,
  );
}

type Parsed = Pick<StackConfig, "text" | "document" | "config">;

export function parseStackConfig(text: string, file: string): Parsed {
  const isJson = file.endsWith(".json") && text.trim() !== "";
  const document = isJson ? documentOf(parsedJson(text, file)) : parseYaml(text);
  const [error] = document.errors;
  if (error) throw new GoliveError(`${file} is no valid YAML: ${error.message.split("\n")[0]}`, "Correct it first.");
  const contents: unknown = document.contents;
  if (contents && !isMap(contents) && !(isScalar(contents) && contents.value === null))
    throw new GoliveError(`${file} is no config of a stack: it holds no keys`, "It begins with `config:`.");
  const config = resolved(document.get("config", true), document);
  return { text, document, config: isMap(config) ? config : undefined };
}

/** The same config with every alias and merge key in full, to read and to copy from: they mean nothing in another file. */
export function flattened<S extends Parsed>(stack: S): S {
  const { document, config } = stack;
  if (!config) return stack;
  const copy = documentOf(null);
  copy.contents = document.contents && (flat(document.contents, document) as never);
  copy.commentBefore = document.commentBefore;
  const own: unknown = copy.get("config", true);
  return { ...stack, document: copy, config: isMap(own) ? own : undefined };
}

/** The line that sets a secret; Pulumi asks for the value, so that no shell history keeps it. */
export function secretCommand(key: string, steps: readonly (string | number)[], stack: string): string {
  const set = ["pulumi", "config", "set", "--secret"];
  if (steps.length === 0) return shellLine(...set, key, "--stack", stack);
  return `${shellLine(...set, "--path")} ${quoted(`${key}${pathText(steps)}`)} ${shellLine("--stack", stack)}`;
}
/** A path below a key, as Pulumi takes it: `.web.homepageUrl`, `["a.b"]`, `[0]`. */
const pathText = (steps: readonly (string | number)[]): string =>
  steps
    .map((step) =>
      typeof step === "number"
        ? `[${step}]`
        : /^[\w-]+$/.test(step)
          ? `.${step}`
          : `["${step.replaceAll('"', '\\"')}"]`,
    )
    .join("");
