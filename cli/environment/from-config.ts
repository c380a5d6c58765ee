import { sectionNames, valueOfText } from "@golive/provider/stage";
import { explained, leftOut } from "../project/explained";
import { textsOf } from "../project/shared-config";
import { flattened, type StackConfig } from "../project/stack-config";
import { ownValues } from "../project/values";
import { type Entry, environmentOf, noEntries, type View } from "./view";

/** The texts that the engine hands to a program, of one namespace by name: those of Pulumi.yaml too. No value is no text. */
export const valuesOf = (stack: StackConfig, namespace: string, project = namespace): Record<string, string> =>
  Object.fromEntries(
    textsOf(ownValues(flattened(stack).config, project), stack.shared?.values)
      .filter((key) => key.namespace === namespace && key.text !== "")
      .map(({ name, text }) => [name, text]),
  );

/** The config values of a project as its program reads them. */
export const programValues = (stack: StackConfig, project: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(valuesOf(stack, project)).map(([name, text]) => [name, valueOfText(name, text)]));

/** An environment as a stack's config declares it. */
export function viewOfConfig(project: string, stack: StackConfig): View {
  const values = programValues(stack, project);
  const entries = noEntries();
  for (const section of sectionNames) {
    const found = values[section];
    if (typeof found !== "object" || found === null) continue;
    for (const [name, entry] of Object.entries(found)) entries[section][name] = (entry ?? {}) as Entry;
  }
  return {
    label: stack.stack,
    source: "config",
    environment: environmentOf(values),
    entries,
    explained: explained(project, stack),
    leftOut: leftOut(project, stack),
  };
}
