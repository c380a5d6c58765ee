import { isNode, type Node, visit } from "yaml";

/** Every comment in and around a node, line by line. */
export function commentsOf(node: Node): string[] {
  const found: string[] = [];
  visit(node, (_, part) => {
    if (!isNode(part)) return;
    for (const text of [part.commentBefore, part.comment]) if (text) found.push(...text.split("\n"));
  });
  return found;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Whether people commented a key out: `# key: …`. What is commented out stays out, and a placeholder that an
 * earlier run wrote is not written again.
 */
export const isCommentedOut = (node: Node | undefined, key: string): boolean => {
  if (!node) return false;
  const line = new RegExp(`(^|\\s|#)["']?${escaped(key)}["']?\\s*:(\\s|$)`);
  return commentsOf(node).some((text) => line.test(text));
};

/** Whether a comment names a member of a list. */
export const isMentioned = (node: Node | undefined, member: string): boolean =>
  node !== undefined && commentsOf(node).some((text) => text.includes(member));
