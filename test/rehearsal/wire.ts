// Mutations of the dashboard API as text: most take one input and answer a union, some plain arguments and an object.
type Data = Record<string, unknown>;

const endpoint = { endpointUrl: "String!", environmentId: "String!", events: "[String!]!", description: "String" };
const plain: Readonly<Record<string, { readonly types: Readonly<Record<string, string>>; readonly select: string }>> = {
  createWebhookEndpoint: { types: endpoint, select: "{ __typename id }" },
  updateWebhookEndpoint: {
    types: { webhookEndpointId: "String!", endpointUrl: "String", state: "WebhookEndpointState", events: "[String!]" },
    select: "{ __typename id }",
  },
  deleteWebhookEndpoint: { types: { id: "String!" }, select: "" },
  setWebOrigins: {
    types: { environmentId: "String!", origins: "[String!]!", dryRun: "Boolean" },
    select: "{ __typename }",
  },
};

/** Whether it refuses some things with an error, not with a member of a union of results. */
export const isPlain = (name: string): boolean =>
  name in plain || /^(create|rename)Environment$|^set(Redirect|Logout)Uris$/.test(name);

/** One mutation by name. @param selection What to ask of its answer, beside `__typename`. */
export function mutationOf(name: string, input: Data, selection = ""): { query: string; variables: Data } {
  if (!plain[name]) {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`;
    return { query, variables: { input } };
  }
  const { types, select } = plain[name];
  const given = Object.keys(types).filter((argument) => input[argument] !== undefined);
  const variables = given.map((argument) => `$${argument}: ${types[argument]}`).join(", ");
  const passed = given.map((argument) => `${argument}: $${argument}`).join(", ");
  return { query: `mutation (${variables}) { ${name}(${passed}) ${select} }`, variables: input };
}
