import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar } from "yaml";
import { UsageError } from "../context";
import { documentOf, parseYaml } from "../yaml/document";
import { flat } from "../yaml/flat";
import { type SharedConfig, sharedConfig } from "./shared-config";
import { decoded } from "./text";

/** A Pulumi project, found as the Pulumi CLI finds it. */
export interface Project {
  readonly name: string;
  /** Where Pulumi.yaml stands. */
  readonly folder: string;
  /** Where the stacks' config stands. */
  readonly configFolder: string;
  /** Of the project file and of the stacks' config alike. */
  readonly extension: string;
  /** Config of the project, which all of its stacks have. */
  readonly shared: SharedConfig;
}

/** In the order in which Pulumi looks for them. */
const extensions = [".json", ".yaml", ".yml"];
const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

/** The project of the nearest Pulumi.yaml, from `from` upward. */
export function findProject(from: string): Project {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const extension = extensions.find((ext) => isFile(path.join(folder, `Pulumi${ext}`)));
    if (extension) return readProject(folder, extension);
    if (folder === path.dirname(folder))
      throw new UsageError("there is no Pulumi.yaml here or above", "Run golive in the folder of a Pulumi project.");
  }
}

function readProject(folder: string, extension: string): Project {
  const file = `Pulumi${extension}`;
  const { text } = decoded(readFileSync(path.join(folder, file)), file);
  const document = extension === ".json" ? documentOf(parsedJson(text, file)) : parseYaml(text);
  const [error] = document.errors;
  if (error) throw new UsageError(`${file} is no valid YAML: ${error.message.split("\n")[0]}`, "Correct it first.");
  const root = isMap(document.contents) ? flat(document.contents, document) : undefined;
  const textAt = (key: string): string | undefined => {
    const value: unknown = root?.get(key);
    return typeof value === "string" ? value : undefined;
  };
  const name = textAt("name");
  if (!name) throw new UsageError(`${file} names no project`, "Add its `name`, a text.");
  // `config: folder` is the old way to say `stackConfigDir: folder`
  const config: unknown = root?.get("config", true);
  const configFolder = textAt("stackConfigDir") ?? textAt("config") ?? ".";
  return {
    name,
    folder,
    extension,
    configFolder: path.join(folder, configFolder),
    shared: isMap(config) && !isScalar(config) ? sharedConfig(config, name) : { values: [], secrets: [] },
  };
}

export function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is no valid JSON: ${(error as Error).message}`, "Correct it first.");
  }
}

/** The config file of a stack; its name may be written with organization and project. */
export const stackFile = ({ configFolder, extension }: Project, stack: string): string =>
  path.join(configFolder, `Pulumi.${stackName(stack)}${extension}`);

/** A stack's own name, of `organization/project/stack`; it is part of a file's name, so it has to be one. */
export function stackName(stack: string): string {
  const name = stack.slice(stack.lastIndexOf("/") + 1);
  if (/^[\w.-]{1,100}$/.test(name)) return name;
  throw new UsageError(
    `"${stack}" names no stack`,
    "A stack's name has letters, digits, `-`, `_` and `.`; `organization/project/` may stand before it.",
  );
}
