// How a catalog operation is written down here, and made a document of.

/** Ids of what earlier operations made, by name. */
export type Ids = Readonly<Record<string, string>>;
export interface Operation {
  readonly name: string;
  readonly kind: "query" | "mutation";
  /** `name: Type`, as the operation declares its variables. */
  readonly variables: string;
  readonly body: string;
  /** What it is sent with. */
  readonly values: (ids: Ids) => Readonly<Record<string, unknown>>;
  /** The member of the union that says that it was done. */
  readonly success?: string;
  /** A name for the id that the answer has at this path. */
  readonly keep?: readonly [name: string, ...path: (string | number)[]];
}
export const page = "before: String, after: String, limit: Int";
export const meta = "listMetadata { before after }";
export const passed = (variables: string): string => {
  const names = [...variables.matchAll(/(\w+):/g)].map(([, name]) => `${name}: $${name}`);
  return names.length > 0 ? `(${names.join(", ")})` : "";
};
type More = Partial<Pick<Operation, "values" | "success" | "keep">>;
/** A query of one root field that takes all of its variables. */
export const query = (name: string, root: string, variables: string, select: string, more: More = {}): Operation => ({
  name,
  kind: "query",
  variables,
  body: `${root}${passed(variables)} ${select && `{ ${select} }`}`,
  values: () => ({}),
  ...more,
});
/** A query of the root `environment`. */
export const ofEnvironment = (name: string, select: string, variables = "", values = {}): Operation => ({
  name,
  kind: "query",
  variables: `environmentId: String!${variables && `, ${variables}`}`,
  body: `environment(id: $environmentId) { ${select} }`,
  values: ({ staging }) => ({ environmentId: staging, ...values }),
});
/** A mutation of one input that answers a union: its members, success first. */
export const mutation = (
  name: string,
  root: string,
  members: readonly string[],
  input: (ids: Ids) => object,
  keep?: Operation["keep"],
): Operation => ({
  name,
  kind: "mutation",
  variables: `input: ${root[0]!.toUpperCase()}${root.slice(1)}Input!`,
  body: `${root}(input: $input) { __typename ${members.map((member) => `... on ${member}`).join(" ")} }`,
  values: (ids) => ({ input: input(ids) }),
  success: members[0]!.split(" ")[0]!,
  ...(keep && { keep }),
});
/** A mutation of plain arguments, or one that answers an object. */
export const plain = (name: string, root: string, variables: string, select: string, more: More): Operation => ({
  ...query(name, root, variables, select, more),
  kind: "mutation",
});
export const inStaging = ({ staging }: Ids) => ({ environmentId: staging });
