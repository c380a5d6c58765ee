// The folder of a Pulumi program, as a user has it: Pulumi.yaml, the source, and node_modules with what it depends on.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** index.js as text, files by name (index.ts makes it TypeScript), or a folder to copy. */
export type Program = string | Record<string, string> | { readonly folder: string };

/** Linked one by one: under pnpm a program resolves its own dependencies and nothing else, so the tests hold golive to that. */
const DEPENDENCIES = ["@golive/pulumi", "@pulumi/pulumi", "typescript", "@types/node"];

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const isSource = (file: string): boolean => !["node_modules", "dist"].includes(path.basename(file));

function linkDependencies(folder: string): void {
  const manifest = path.join(folder, "package.json");
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies?: Record<string, string> };
  for (const name of new Set([...DEPENDENCIES, ...Object.keys(dependencies)])) {
    const link = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    // A junction needs no privilege on Windows.
    symlinkSync(path.join(root, "node_modules", name), link, "junction");
  }
}

/** Writes the program into an empty folder; what it brings itself (Pulumi.yaml, package.json) is kept. */
export function writeProgram(folder: string, project: string, program: Program): void {
  mkdirSync(folder, { recursive: true });
  if (typeof program === "string") writeFiles(folder, { "index.js": program });
  else if ("folder" in program && typeof program.folder === "string") {
    cpSync(program.folder, folder, { recursive: true, filter: isSource });
  } else writeFiles(folder, program as Record<string, string>);
  const typescript = existsSync(path.join(folder, "index.ts"));
  const defaults: Record<string, string> = {
    "Pulumi.yaml": `name: ${project}\nruntime: { name: nodejs, options: { typescript: ${typescript} } }\n`,
    "package.json": `{ "name": "${project}", "private": true }\n`,
  };
  for (const [name, text] of Object.entries(defaults)) {
    if (!existsSync(path.join(folder, name))) writeFiles(folder, { [name]: text });
  }
  linkDependencies(folder);
}
