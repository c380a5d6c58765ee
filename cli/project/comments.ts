import { redact } from "@golive/provider/http/secret";
import { isNode, type Node, type Pair, visit } from "yaml";
import { withoutCredentials } from "../credentials";

/** Every comment in and around a node, line by line. */
export function commentsOf(node: Node): string[] {
  const found: string[] = [];
  visit(node, (_, part) => {
    if (!isNode(part)) return;
    for (const text of [part.commentBefore, part.comment]) if (text) found.push(...text.split("\n"));
  });
  return found;
}

/** The same without what is a secret in its comments: a value is looked at before it crosses, what stands beside it is not. */
export function withSafeComments<N extends Node | Pair>(node: N): N {
  const safe = (text: string): string => redact(withoutCredentials(text));
  visit(node as Node, (_, part) => {
    if (!isNode(part)) return;
    if (part.commentBefore) part.commentBefore = safe(part.commentBefore);
    if (part.comment) part.comment = safe(part.comment);
  });
  return node;
}

/** What golive leaves where a person or a secret is waited for: the value and why, as `leaveOpen` writes it. */
const waits = / # (ask|secret): /;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Whether people commented a key out: `# key: …`. What is commented out stays out, and a placeholder that an
 * earlier run wrote is not written again.
 */
export const isCommentedOut = (node: Node | undefined, key: string, byPeople = false): boolean => {
  if (!node) return false;
  const line = new RegExp(`(^|\\s|#)["']?${escaped(key)}["']?\\s*:(\\s|$)`);
  return commentsOf(node).some((text) => line.test(text) && !(byPeople && waits.test(text)));
};

/** Whether a comment names a member of a list. */
export const isMentioned = (node: Node | undefined, member: string): boolean =>
  node !== undefined && commentsOf(node).some((text) => new RegExp(`${escaped(member)}(?![\\w/?#&=%.~-])`).test(text));
const commentIn = (line: string | undefined): string | undefined => /^\s*# (.*)/.exec(line ?? "")?.[1];

/** The lines of golive's own placeholder that begins with `homepageUrl:` or `- "https://…"`. One of people is none. */
export function placeholderAt(lines: readonly string[], begins: string): { from: number; to: number } | undefined {
  const from = lines.findIndex((line) => commentIn(line)?.startsWith(begins));
  if (from < 0) return undefined;
  if (waits.test(lines[from]!)) return { from, to: from + 1 };
  // a list waits as a whole, a line for each of its members
  let to = from + 1;
  while (commentIn(lines[to])?.startsWith("- ")) to++;
  return lines.slice(from, to).some((line) => waits.test(line)) ? { from, to } : undefined;
}
