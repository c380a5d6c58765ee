import { createHash } from "node:crypto";

/** As long as Pulumi takes a project's name, with room for what is put behind it. */
const LONGEST = 80;
/** Namespaces of config that mean something else. */
const reserved = new Set(["pulumi", "golive"]);

const wordOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/**
 * A name as one word of lower-case letters, digits and `-`. Where that says less than the name, or another name comes to the
 * same, a few digits that are the name's own stand behind it: two names are two words.
 */
export function slugged(name: string, otherwise = "product", others: readonly string[] = []): string {
  const word = wordOf(name);
  const isLess = /[\p{L}\p{N}]/u.test(name.replace(/[A-Za-z0-9]/g, "")) || word === "" || word.length > LONGEST;
  const isTaken = reserved.has(word) || others.some((other) => other !== name && wordOf(other) === word);
  if (!isLess && !isTaken) return word;
  const own = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${word.slice(0, LONGEST).replace(/-$/, "") || otherwise}-${own}`;
}
