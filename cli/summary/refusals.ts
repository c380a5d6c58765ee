import { stripVTControlCharacters } from "node:util";
import type { Printed } from "./printed";
import { partsOf } from "./urn";

/** What the engine adds when it ends. */
const ending = /^(preview|update) failed$/;
/** A program that used what was refused falls over; the refusal itself is the reason. */
const crash = /failed with an unhandled exception/;

/** A message without colours, without the engine's own prefix, without the frames of a stack. */
const bare = (message: string): string =>
  stripVTControlCharacters(message)
    .replace(/\n\s+at .*$[^]*/m, "")
    .replace(/^(error|warning): /, "")
    .trim();

const ownerOf = (urn: string | undefined): string => {
  if (urn === undefined) return "";
  const { kind, name } = partsOf(urn);
  return `${kind} "${name}": `;
};

/** The errors on stderr; its last lines where there is nothing else to show. */
function around({ around: text, missing }: Printed): string[] {
  const lines = stripVTControlCharacters(text).split("\n");
  const errors = lines.filter((line) => line.startsWith("error: ")).map(bare);
  if (errors.length > 0 || !missing) return errors;
  return [
    lines
      .filter((line) => line.trim() !== "")
      .slice(-10)
      .join("\n") || "the preview printed nothing",
  ];
}

/** Why a preview went no further; empty when it went through. */
export function refusals(printed: Printed): string[] {
  const errors = printed.diagnostics.filter(({ severity }) => severity === "error");
  const said = [...errors.map(({ urn, message }) => `${ownerOf(urn)}${bare(message)}`), ...around(printed)];
  const found = [...new Set(said)].filter((message) => !ending.test(message));
  const reasons = found.filter((message) => !crash.test(message));
  if (said.length > 0 && found.length === 0)
    return ["It failed and its JSON does not say why, as with a mandatory policy: see the log of this run."];
  return reasons.length > 0 ? reasons : found;
}

/** What the program reported, such as the go-live checklist. */
export const reports = ({ diagnostics }: Printed): string[] =>
  diagnostics
    .filter(({ severity }) => severity === "info" || severity === "warning")
    .map(({ severity, message }) => `${severity === "warning" ? "warning: " : ""}${bare(message)}`);
