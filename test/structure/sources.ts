import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Built, fetched, or not ours. */
const apart = new Set(["node_modules", "dist"]);
const isFolderOfOurs = (name: string) => !name.startsWith(".") && !apart.has(name);

const entries = (folder: string) => readdirSync(path.join(root, folder), { withFileTypes: true });
export const foldersIn = (folder: string): string[] =>
  entries(folder).flatMap((entry) => (entry.isDirectory() && isFolderOfOurs(entry.name) ? [entry.name] : []));

/** Every file in a folder and the folders inside, by its path from the root, with `/`. */
export function filesIn(folder: string): string[] {
  const inside = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  return [
    ...entries(folder).flatMap((entry) => (entry.isFile() ? [inside(entry.name)] : [])),
    ...foldersIn(folder).flatMap((name) => filesIn(inside(name))),
  ];
}
export const sources = filesIn("").filter((file) => /\.(ts|mts|mjs|js)$/.test(file));
export const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Names of our own packages → their folders. */
const workspaces: Readonly<Record<string, string>> = {
  "@golive/provider": "provider",
  "@golive/pulumi": "sdk",
  "@golive/rehearsal": "rehearsal",
  "@golive/cli": "cli",
};

/** What a file imports: our own files by their path from the root without an ending, packages by name. */
export function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(textOf(file), true, true);
  return importedFiles.map(({ fileName: name }) => {
    if (name.startsWith(".")) return path.posix.join(path.posix.dirname(file), name).replace(/\.(ts|js)$/, "");
    const [scope = "", rest = "", ...inside] = name.split("/");
    const isScoped = scope.startsWith("@");
    const own = isScoped ? workspaces[`${scope}/${rest}`] : undefined;
    if (own) return [own, ...(inside.length > 0 ? inside : ["index"])].join("/");
    return isScoped ? `${scope}/${rest}` : scope;
  });
}
