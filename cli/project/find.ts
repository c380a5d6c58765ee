import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { UsageError } from "../context";

/** A Pulumi project, found as the Pulumi CLI finds it. */
export interface Project {
  readonly name: string;
  /** Where Pulumi.yaml stands. */
  readonly folder: string;
  /** Where the stacks' config stands. */
  readonly configFolder: string;
  /** Of the project file and of the stacks' config alike. */
  readonly extension: string;
}

const extensions = [".yaml", ".yml", ".json"];

/** The project of the nearest Pulumi.yaml, from `from` upward. */
export function findProject(from: string): Project {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const extension = extensions.find((ext) => existsSync(path.join(folder, `Pulumi${ext}`)));
    if (extension) return readProject(folder, extension);
    if (folder === path.dirname(folder))
      throw new UsageError("there is no Pulumi.yaml here or above", "Run golive in the folder of a Pulumi project.");
  }
}

function readProject(folder: string, extension: string): Project {
  const { name, stackConfigDir = "." } = (parse(readFileSync(path.join(folder, `Pulumi${extension}`), "utf8")) ??
    {}) as {
    name?: string;
    stackConfigDir?: string;
  };
  if (!name) throw new UsageError(`Pulumi${extension} names no project`, "Add its `name`.");
  return { name, folder, extension, configFolder: path.resolve(folder, stackConfigDir) };
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
