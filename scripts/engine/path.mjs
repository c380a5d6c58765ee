// Looks for an engine in folders: the CLI with the two programs that a Node.js stack needs of it.
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import path from "node:path";

const windows = process.platform === "win32";

/** The CLI, the Node.js language host, and the host of dynamic resources. */
export const PROGRAMS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** The file of a program in a folder, or undefined. */
export function programIn(folder, name) {
  for (const extension of windows ? [".exe", ".cmd"] : [""]) {
    const file = path.join(folder, name + extension);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not there, or not ours to run: the next one.
    }
  }
  return undefined;
}

/** True when the folder holds all of an engine. */
export function hasEngine(folder) {
  return PROGRAMS.every((name) => programIn(folder, name));
}

/** True when the folder holds the host of YAML programs. */
export const hasYamlHost = (folder) => programIn(folder, "pulumi-language-yaml") !== undefined;

/**
 * The engine of PATH. The engine looks for its programs on PATH and beside its own executable, so both count.
 * @returns {{ bin?: string, missing: string[] }} the folder of the CLI when complete, else what is missing
 */
export function engineOnPath(env = process.env) {
  const folders = (env.PATH ?? env.Path ?? "").split(path.delimiter).filter(Boolean);
  const bin = folders.find((folder) => programIn(folder, "pulumi"));
  if (!bin) return { missing: ["pulumi"] };
  const beside = path.dirname(realpathSync(programIn(bin, "pulumi")));
  const missing = PROGRAMS.filter((name) => ![...folders, beside].some((folder) => programIn(folder, name)));
  return missing.length === 0 ? { bin: path.resolve(bin), missing } : { missing };
}
