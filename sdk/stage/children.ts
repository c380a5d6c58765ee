import * as pulumi from "@pulumi/pulumi";
import * as resources from "../resources";
import { isOfFlags, rowOf, type Section, sectionNames, type sections, shapes } from "../shapes";
import type { Declared } from "./declared";

/** The resources of each section by the names of its entries. */
export type Children = Readonly<Record<Section, Readonly<Record<string, pulumi.CustomResource>>>>;
/** Outputs of a stage that tell an output of each entry's resource. */
export type ToldName = Extract<(typeof sections)[Section], { readonly told: unknown }>["told"][0];

/** A value for each entry, by the entry's name. `web:` without a field is an entry too. */
export const each = <E, T>(entries: Readonly<Record<string, E>>, make: (name: string, entry: E) => T) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, make(name, entry ?? ({} as E))]));

/** A value for each section that gives one. */
export const eachSection = <T>(make: (section: Section) => T | undefined): { readonly [S in Section]?: T } =>
  Object.fromEntries(
    sectionNames.flatMap((section) => {
      const made = make(section);
      return made === undefined ? [] : [[section, made]];
    }),
  );

type EntryFields = Readonly<Record<string, unknown>>;
export const entriesOf = (declared: Declared, section: Section): Readonly<Record<string, EntryFields>> =>
  (declared[section] ?? {}) as Readonly<Record<string, EntryFields>>;

const secretOf = (field: string, value: unknown) => (field === "deletionProtection" ? value : pulumi.secret(value));
/**
 * The fields of an entry, all secret where one of its section is: which of them it is, config does not tell. Protection is
 * none, and has to be known before any output is.
 */
const fieldsOf = (isSecret: boolean, entry: EntryFields): EntryFields =>
  isSecret ? Object.fromEntries(Object.entries(entry).map(([k, value]) => [k, secretOf(k, value)])) : entry;

/** What children are made with beside their entries. */
export interface ChildInputs {
  /** Keys of config that hold a secret. */
  readonly secrets: ReadonlySet<string>;
  readonly project: pulumi.Output<string>;
  readonly flagId: (slug: string) => pulumi.Output<string>;
  /** What exists already is taken over. */
  readonly adopt: boolean | undefined;
}

/** The resources of an environment, each called as its entry. They hang on the environment: without it none is made. */
export function makeChildren(declared: Declared, around: ChildInputs, own: pulumi.CustomResourceOptions) {
  const { name, type, deletionProtection } = declared;
  const protection = deletionProtection === undefined ? {} : { deletionProtection };
  const adopt = around.adopt ? { adopt: true } : {};
  const { project } = around;
  const args = { project, name: name!, type: type!, ...protection, ...adopt };
  const environment = new resources.Environment("environment", args, own);
  // an environment that is refused never tells its id: what waits for it is refused with its project
  const inside = { environment: project.apply(() => environment.id), environmentType: type! };
  const children = eachSection((section) => {
    const { kind, named } = rowOf(section);
    // the table says which class it is; what its arguments are, the definitions said of every entry before
    const Child = resources[kind] as unknown as new (
      name: string,
      args: EntryFields,
      opts: object,
    ) => pulumi.CustomResource;
    // one switch for the stage, and a word of its own for whom it is not to hold
    const guard = shapes[kind]!.protects === undefined ? {} : protection;
    return each(entriesOf(declared, section), (entry, written) => {
      const fields = fieldsOf(around.secrets.has(section), { ...guard, ...adopt, ...written });
      const filled = { ...(named && { [named]: entry }), ...(isOfFlags(section) && { flag: around.flagId(entry) }) };
      return new Child(entry, { ...fields, ...inside, ...filled }, own);
    });
  }) as Children;
  return { environment, children };
}

/** One output of every resource of a section, by entry. */
const outputOf = (children: Children, section: Section, output: string) =>
  pulumi.all(
    each(children[section], (_, child) => Reflect.get(child, output) as pulumi.Output<string | undefined>),
  ) as pulumi.Output<unknown> as pulumi.Output<Readonly<Record<string, string | undefined>>>;

/** What the stage tells of its children, a secret where that is one. */
export function toldBy(children: Children) {
  const told = sectionNames.flatMap((section) => {
    const row = rowOf(section);
    if (!row.told) return [];
    const [name, output] = row.told;
    const values = outputOf(children, section, output);
    return [[name, shapes[row.kind]!.secrets.includes(output) ? pulumi.secret(values) : values] as const];
  });
  return Object.fromEntries(told) as unknown as Readonly<Record<ToldName, ReturnType<typeof outputOf>>>;
}

/** Of each section whose objects have a secret: whether state holds it, by name. */
export const heldBy = (children: Children) =>
  pulumi.output(
    eachSection((section) =>
      shapes[rowOf(section).kind]!.properties.includes("secretHeld")
        ? (outputOf(children, section, "secretHeld") as pulumi.Output<unknown> as pulumi.Output<
            Record<string, boolean>
          >)
        : undefined,
    ),
  );

/** What another stack compares with: of each section that says so the names, or an input by name. */
export const comparedOf = (declared: Declared) =>
  eachSection((section) => {
    const { compared } = rowOf(section);
    const entries = entriesOf(declared, section);
    if (compared === undefined) return undefined;
    return compared === "names" ? Object.keys(entries) : each(entries, (_, entry) => entry[compared]);
  });
