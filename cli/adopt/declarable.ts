import { isDeepStrictEqual } from "node:util";
import { definitions, type Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { check } from "@golive/provider/lifecycle/check";
import { rowOf, type Section } from "@golive/provider/stage";
import type { Entry } from "../environment/view";

const isText = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));

/** Why an object cannot be declared as it is, if so: what config would say of it is refused, or would change it. */
export function whyNot(kind: Kind, inputs: Entry): string | undefined {
  const { inputs: checked, failures } = check(definitions[kind], {}, { ...inputs });
  const [failure] = failures;
  if (failure) return `${failure.property} ${failure.reason}`;
  const changed = Object.keys(inputs).find(
    (name) => isText(inputs[name]) && !isDeepStrictEqual(inputs[name], checked[name]),
  );
  return changed && `${changed} has blanks at its ends, which config cannot declare`;
}

/** The same of an entry, with what the stage fills in. */
export function whyNotEntry(section: Section, name: string, entry: Entry, type: unknown): string | undefined {
  const { kind, named, filled } = rowOf(section);
  const around = Object.fromEntries(filled.map((field) => [field, field === "environmentType" ? type : UNKNOWN]));
  return whyNot(kind, { ...entry, ...around, ...(named && { [named]: name }) });
}
