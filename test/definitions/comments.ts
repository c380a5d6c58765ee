import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Comment, Comments } from "@golive/provider/schema";
import ts from "typescript";

const provider = fileURLToPath(new URL("../../provider", import.meta.url));

const oneLine = (text: string | ts.NodeArray<ts.JSDocComment> | undefined) =>
  (ts.getTextOfJSDocComment(text) ?? "").replace(/\s+/g, " ").trim();

function commentOver(node: ts.Node): Comment | undefined {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const initial = comment?.tags?.find((tag) => tag.tagName.text === "default");
  return comment && { text: oneLine(comment.comment), ...(initial && { initial: oneLine(initial.comment) }) };
}
const nameOf = (node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment) =>
  ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : undefined;

/** `type: "X"` of the object that a definition is made from. */
function typeOf(declaration: ts.VariableDeclaration): string | undefined {
  const [own] =
    declaration.initializer && ts.isCallExpression(declaration.initializer) ? declaration.initializer.arguments : [];
  if (!own || !ts.isObjectLiteralExpression(own)) return undefined;
  const type = own.properties.find((p) => ts.isPropertyAssignment(p) && nameOf(p) === "type") as ts.PropertyAssignment;
  return type && ts.isStringLiteral(type.initializer) ? type.initializer.text : undefined;
}

/** The comments of one source file: of each top-level constant, and of every property inside by its path. */
export function commentsIn(text: string): Comments {
  const comments: Record<string, Comment> = {};
  const keep = (where: string, node: ts.Node) => {
    const comment = commentOver(node);
    if (comment) comments[where] = comment;
  };
  const visit = (node: ts.Node, where: string): void => {
    const name = ts.isPropertyAssignment(node) ? nameOf(node) : undefined;
    const inner = name === undefined || name === "inputs" || name === "outputs" ? where : `${where}.${name}`;
    if (inner !== where) keep(inner, node);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  for (const statement of ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const name = typeOf(declaration) ?? declaration.name.getText();
      keep(name, statement);
      if (declaration.initializer) visit(declaration.initializer, name);
    }
  }
  return comments;
}

/** What platforms say of their settings; of one that several have, what each says. */
function settingsOfPlatforms(found: Comments): (readonly [string, Comment])[] {
  const joined = new Map<string, string>();
  for (const [where, { text }] of Object.entries(found)) {
    const [, setting] = /^\w+Settings\.(\w+)$/.exec(where) ?? [];
    if (setting === undefined || where.startsWith("platformSettings.")) continue;
    const before = joined.get(setting);
    joined.set(setting, before === undefined ? text : `${before} ${text}`);
  }
  return [...joined].map(([setting, text]) => [`Provider.${setting}`, { text }] as const);
}

/** The comments over every field of every definition, under the names that schema.json and the docs look for. */
export function commentsOf(types: readonly string[]): Comments {
  const files = [
    ...readdirSync(path.join(provider, "resources")).map((file) => path.join("resources", file)),
    ...readdirSync(path.join(provider, "functions"))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join("functions", file)),
    "provider-config.ts",
    "platforms/index.ts",
    ...readdirSync(path.join(provider, "platforms"), { withFileTypes: true }).flatMap(({ name }) => {
      const file = `platforms/${name}/access.ts`;
      return existsSync(path.join(provider, file)) ? [file] : [];
    }),
  ];
  const found = Object.assign({}, ...files.map((file) => commentsIn(readFileSync(path.join(provider, file), "utf8"))));
  const renamed = (from: string, to: string) =>
    Object.entries(found as Comments).flatMap(([where, comment]) =>
      where === from || where.startsWith(`${from}.`) ? [[`${to}${where.slice(from.length)}`, comment] as const] : [],
    );
  return Object.fromEntries([
    // what every resource has is documented once
    ...types.flatMap((type) => [...renamed("commonInputs", type), ...renamed("commonOutputs", type)]),
    ...types.flatMap((type) => renamed(type, type)),
    ...renamed("platformSettings", "Provider"),
    ...settingsOfPlatforms(found as Comments),
    ...renamed("providerConfig", "Provider"),
  ]);
}
