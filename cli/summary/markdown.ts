import { type ResourceChange, countsOf, type Operation, type Preview } from "./preview";
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
const changeLines = ({ operation, kind, name, properties, because }: ResourceChange, isLong: boolean): string[] => [
  `- ${words[operation]} ${plain(kind)} ${code(name)}${because.length > 0 ? `, because of ${because.map(code).join(", ")}` : ""}`,
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

/** Lines as long as they fit, then how many did not. Never longer than `room`. */
function fitted(lines: readonly string[], room: number, what: string): string[] {
  const left = (count: number) => `_${count} more ${what} in the log of this run._`;
  if (lines.join("\n").length <= room) return [...lines];
  let size = left(lines.length).length + 1; // and an empty line before it
  const kept = lines.findIndex((line) => (size += line.length + 1) > room);
  return [...lines.slice(0, kept), ...(lines[kept - 1]?.startsWith("- ") ? [""] : []), left(lines.length - kept)];
}

function refusals({ name, refused }: Preview, room: number): string[] {
  if (refused.length === 0) return [];
  const blocks = refused.map((reason) => block(cut(reason, Math.min(LONGEST_REFUSAL, Math.floor(room / 3)))));
  return ["", `### ${plain(name)} is refused`, "", ...fitted(blocks, room, "refusals are")];
}

/** The first line of each as its title, the rest folded away. */
const folded = (text: string): string => {
  const [title = "", ...rest] = text.split("\n");
  return rest.length === 0
    ? `\n${code(title)}`
    : `\n<details><summary>${code(title)}</summary>\n\n${block(rest.join("\n"))}\n</details>`;
};

const heading = ({ name }: Preview): string[] => ["", `### ${plain(name)}`, ""];
const inFull = (preview: Preview): string[] => [
  ...(preview.changes.length + preview.told.length > 0 ? heading(preview) : []),
  ...preview.changes.flatMap((change) => changeLines(change, true)),
  ...preview.told.map(folded),
];
const inShort = (preview: Preview, room: number): string[] =>
  preview.changes.length === 0
    ? []
    : [
        ...heading(preview),
        ...fitted(
          preview.changes.flatMap((change) => changeLines(change, false)),
          room,
          "objects are",
        ),
      ];

/**
 * A comment for a pull request, of at most `limit` characters. Counts and refusals come first; where it does not fit, the
 * properties go, then objects: each environment has its share, and says how many are left out.
 */
export function markdown(previews: readonly Preview[], limit = LIMIT): string {
  const share = Math.floor(limit / previews.length / 2.2);
  const head = [
    MARK,
    "## What this deploys",
    "",
    ...table(previews),
    ...previews.flatMap((one) => refusals(one, share)),
  ];
  const whole = `${[...head, ...previews.flatMap(inFull)].join("\n")}\n`;
  if (whole.length <= limit) return whole;
  const note = "_The changed properties are in the log of this run._";
  const lines = [...head, "", note, ...previews.flatMap((one) => inShort(one, share))];
  return `${fitted(lines, limit - 1, "lines are").join("\n")}\n`;
}
