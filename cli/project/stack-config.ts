import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, isScalar, type Node, type Pair, parseDocument, visit, type YAMLMap } from "yaml";
import { GoliveError } from "@golive/provider";
import { UsageError } from "../context";
import { type Project, stackFile, stackName } from "./find";

/** One stack's config file, as text and parsed; a file that is not there yet is empty. */
export interface StackConfig {
  readonly stack: string;
  readonly file: string;
  readonly exists: boolean;
  readonly text: string;
  readonly document: Document;
  /** The map under `config:`, where there is one. */
  readonly config: YAMLMap | undefined;
}

export function readStackConfig(project: Project, stack: string): StackConfig {
  const file = stackFile(project, stack);
  const exists = existsSync(file);
  return {
    ...parseStackConfig(exists ? readFileSync(file, "utf8") : "", path.basename(file)),
    file,
    exists,
    stack: stackName(stack),
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

export function parseStackConfig(text: string, file: string): Pick<StackConfig, "text" | "document" | "config"> {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new GoliveError(`${file} is no valid YAML: ${error.message.split("\n")[0]}`, "Correct it first.");
  const config: unknown = document.get("config", true);
  return { text, document, config: isMap(config) ? config : undefined };
}

/** The same config with every alias in full, to read and to copy from: an alias means nothing in another file. */
export function withoutAliases<S extends Pick<StackConfig, "text">>(
  stack: S,
): S & Pick<StackConfig, "document" | "config"> {
  const parsed = parseStackConfig(stack.text, "config");
  visit(parsed.document, { Alias: (_, alias) => alias.resolve(parsed.document)?.clone() as Node | undefined });
  visit(parsed.document, {
    Node: (_, node) => {
      if ("anchor" in node) delete node.anchor;
    },
  });
  return { ...stack, ...parsed };
}

/** `go-live:flags` as project and name; a key without a project belongs to this one. */
export function splitKey(key: string, project: string): { namespace: string; name: string } {
  const at = key.indexOf(":");
  return at < 0 ? { namespace: project, name: key } : { namespace: key.slice(0, at), name: key.slice(at + 1) };
}

export const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

/** An encrypted value, as `pulumi config set --secret` writes it: a map of `secure` alone. */
export const isSecure = (node: unknown): boolean =>
  isMap(node) && node.items.length === 1 && keyOf(node.items[0] as Pair) === "secure";

/** The line that sets a secret; Pulumi asks for the value, so that no shell history keeps it. */
export function secretCommand(key: string, steps: readonly string[], stack: string): string {
  if (steps.length === 0) return `pulumi config set --secret ${key} --stack ${stack}`;
  const inside = steps.map((part) =>
    /^\d+$/.test(part) ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `["${part}"]`,
  );
  return `pulumi config set --secret --path '${key}${inside.join("")}' --stack ${stack}`;
}
