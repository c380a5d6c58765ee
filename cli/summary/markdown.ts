import { type Change, countsOf, type Operation, type Preview } from "./preview";
import type { PropertyChange } from "./properties";

/** GitHub takes a comment of this many characters. */
export const LIMIT = 65_536;
/** Finds the comment of an earlier run; nobody sees it. */
const MARK = "<!-- golive summary -->";
const LONGEST_VALUE = 300;
const LONGEST_REFUSAL = 4_000;

const entity = (character: string): string => `&#${character.codePointAt(0)};`;
/** Text as it stands, whatever it holds: no markup, no mention of a person, no reference to an issue. */
const plain = (text: string): string => text.replace(/[&<>*_`[\]|@#~\\!$]/g, entity).replace(/\s*\n\s*/g, " ");
const code = (text: string): string => `<code>${plain(text)}</code>`;
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);
/** Lines of their own, kept as they are. */
const block = (text: string): string => `<pre>${text.replace(/[&<>]/g, entity)}</pre>`;
const value = (one: unknown): string => code(cut(JSON.stringify(one), LONGEST_VALUE));

function propertyLine({ path, from, to }: PropertyChange): string {
  if (from === undefined) return `  - ${code(path)}: ${value(to)}`;
  return to === undefined
    ? `  - ${code(path)}: ~~${value(from)}~~`
    : `  - ${code(path)}: ${value(from)} → ${value(to)}`;
}

const words: Readonly<Record<Operation, string>> = {
  replace: "**replace**",
  delete: "**delete**",
  update: "update",
  create: "create",
};
const changeLines = ({ operation, kind, name, properties }: Change, isLong: boolean): string[] => [
  `- ${words[operation]} ${plain(kind)} ${code(name)}`,
  ...(isLong ? properties.map(propertyLine) : []),
];

function row(preview: Preview): string {
  const { replace, delete: deleted, update, create } = countsOf(preview);
  const outcome = preview.refused.length > 0 ? "**refused**" : preview.changes.length > 0 ? "" : "nothing changes";
  return `| ${plain(preview.name)} | ${[create, update, replace, deleted].map((n) => n || "").join(" | ")} | ${outcome} |`;
}

const table = (previews: readonly Preview[]): string[] => [
  "| environment | create | update | replace | delete | |",
  "| --- | ---: | ---: | ---: | ---: | --- |",
  ...previews.map(row),
];

const refusals = ({ name, refused }: Preview): string[] =>
  refused.length === 0
    ? []
    : ["", `### ${plain(name)} is refused`, "", ...refused.map((reason) => block(cut(reason, LONGEST_REFUSAL)))];

/** The first line of each as its title, the rest folded away. */
const folded = (text: string): string => {
  const [title = "", ...rest] = text.split("\n");
  return rest.length === 0
    ? `\n${plain(title)}`
    : `\n<details><summary>${plain(title)}</summary>\n\n${block(rest.join("\n"))}\n</details>`;
};

const changes = (preview: Preview, isLong: boolean): string[] => [
  ...(preview.changes.length > 0 ? ["", `### ${plain(preview.name)}`, ""] : []),
  ...preview.changes.flatMap((change) => changeLines(change, isLong)),
  ...(isLong ? preview.told.map(folded) : []),
];

/** Objects and refusals among the lines. */
const listed = (lines: readonly string[]): number => lines.filter((line) => /^(- |<pre>)/.test(line)).length;

/**
 * A comment for a pull request, of at most `limit` characters. Counts and refusals come first; what does not fit is left out
 * from the end: properties, then objects, and how many is said.
 */
export function markdown(previews: readonly Preview[], limit = LIMIT): string {
  const head = [MARK, "## What this deploys", "", ...table(previews), ...previews.flatMap(refusals)];
  const whole = [...head, ...previews.flatMap((preview) => changes(preview, true))].join("\n");
  if (whole.length < limit) return `${whole}\n`;
  const lines = [...head, ...previews.flatMap((preview) => changes(preview, false))];
  const note = (kept: readonly string[]) => {
    const left = listed(lines) - listed(kept);
    return left > 0 ? `_${left} more are in the log of this run._` : "_Their properties are in the log of this run._";
  };
  const kept: string[] = [];
  let size = note([]).length + 3;
  for (const line of lines) {
    size += line.length + 1;
    if (size > limit) break;
    kept.push(line);
  }
  return `${kept.join("\n")}\n\n${note(kept)}\n`;
}
