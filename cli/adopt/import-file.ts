import type { Kind } from "@golive/provider";
import { tokenOf } from "@golive/provider/token";
import { isOfFlags, rowOf, type Section, sectionNames } from "@golive/provider/stage";
import { keyOf, type LiveEnvironment, type LiveObject } from "../environment/from-live";
import { endpointName } from "../environment/view";
import { adoptable } from "./entries";
import { slugged } from "./names";

/** One line of what `pulumi import --file` reads. */
export interface Imported {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

const words: Readonly<Record<Kind, string>> = {
  Project: "project",
  Environment: "environment",
  FeatureFlag: "flag",
  FeatureFlagRule: "rule",
  Application: "application",
  WebhookEndpoint: "webhook",
  ApiKey: "key",
};

/**
 * Every object of an environment and its project, for `pulumi import --file`: by id, so that what shares a name is told
 * apart. What a program could not declare as it is is left out, as it is of the program that adopts.
 */
export function importsOf(live: LiveEnvironment, now: Date): { readonly resources: readonly Imported[] } {
  const { view, flags, objects } = adoptable(live, now);
  const taken = new Set<string>();
  /** A name that a program of any language can use, once in the file: in YAML all kinds share one list. */
  const called = (kind: Kind, name = ""): string => {
    const base = name === "" ? words[kind] : `${words[kind]}-${slugged(name, words[kind])}`;
    let unique = base;
    for (let n = 2; taken.has(unique); n++) unique = `${base}-${n}`;
    taken.add(unique);
    return unique;
  };
  const line = (kind: Kind, id: string, name?: string): Imported => ({
    type: tokenOf(kind),
    name: called(kind, name),
    id,
  });
  /** Whether a program declares it: what of a section is left out of the view, it could not. */
  const isDeclared = (section: Section, object: LiveObject): boolean => {
    const { key: input, named } = rowOf(section);
    const entries = view.entries[section];
    const key = keyOf(live, section, object) ?? object.id;
    return named !== undefined || isOfFlags(section)
      ? Object.hasOwn(entries, key)
      : Object.values(entries).some((entry) => entry[input] === key);
  };
  const nameFor = (section: Section, object: LiveObject): string => {
    const key = keyOf(live, section, object) ?? object.id;
    return rowOf(section).key === "url" ? endpointName(key, {}) : key;
  };
  return {
    resources: [
      ...(live.project ? [line("Project", live.project.id)] : []),
      line("Environment", live.environment.id),
      ...flags.map((flag) => line("FeatureFlag", flag.id, flag.state.slug ?? flag.id)),
      ...sectionNames.flatMap((section) =>
        (objects[section] as readonly LiveObject[])
          .filter((object) => isDeclared(section, object))
          .map((object) => line(rowOf(section).kind, object.id, nameFor(section, object))),
      ),
    ],
  };
}
