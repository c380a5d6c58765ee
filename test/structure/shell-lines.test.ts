// A command line that somebody may paste holds nothing that a shell would take apart: what is filled in stands in quotes.
import { expect, test } from "vitest";
import { sources, textOf } from "./sources";

const files = sources.filter((file) => /^(cli|provider|sdk)\//.test(file));
/** What is filled in: a word of a shell, a number, or a name that golive itself gave. */
const harmless = /^\$\{(?:shellWord|shellLine|quoted)\(|^\$\{(?:next\+\+|id)\}/;

/** The commands that a template text prints, of which something is filled in without quotes. */
function loose(text: string): string[] {
  const commands = text.match(/\\`(?:pulumi|golive|npx|npm) [^`]*?\\`|^[ \t]+export [A-Z_]+=.*\$\{.*$/gm) ?? [];
  return commands.filter((command) => (command.match(/\$\{[^}]*\}?/g) ?? []).some((filled) => !harmless.test(filled)));
}

test("what is filled into a command to paste goes through cli/shell.ts", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => loose(textOf(file)).map((command) => `${file}: ${command}`))).toEqual([]);
});

test.each([
  ["a message", "`run \\`pulumi preview --stack ${stack}\\``"],
  ["a line to paste", "  export GOLIVE_TOKEN=${token}"],
])("%s without quotes is caught", (_, text) => {
  expect(loose(text)).toHaveLength(1);
});
