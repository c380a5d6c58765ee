import Table from "cli-table3";

const kindOf = (urn) => urn.split("::")[2].split("$").at(-1).replace("pulumi-nodejs:dynamic/golive:", "");
const nameOf = (urn) => urn.split("::").at(-1);

/** What one cell says of an object. */
const cells = {
  Environment: ({ outputs }) => `${outputs.name}, ${outputs.type}\n${outputs.environmentId}`,
  Application: ({ outputs }) =>
    [
      outputs.clientId,
      ...(outputs.redirectUris ?? []).map(({ uri, default: first }) => (first ? `${uri} (default)` : uri)),
    ].join("\n"),
  FeatureFlagRule: ({ outputs }) => (outputs.enabled ? `on: ${outputs.access}` : "off"),
  WebhookEndpoint: ({ outputs }) => `${outputs.url}\n${outputs.events.join(", ")}`,
  ApiKey: ({ outputs }) => `…${outputs.last4}, ${outputs.secretHeld ? "held encrypted in state" : "value not held"}`,
};

/** Two environments' stacks as a table: a row per object, staging beside production. */
export function sideBySide(staging, production) {
  const columns = [staging, production].map(
    (resources) => new Map(resources.map((resource) => [`${kindOf(resource.urn)} ${nameOf(resource.urn)}`, resource])),
  );
  const rows = [...new Set(columns.flatMap((column) => [...column.keys()]))].filter(
    (row) => row.split(" ")[0] in cells,
  );
  const table = new Table({ head: ["", "staging", "production"], style: { head: [], border: [] }, wordWrap: true });
  for (const row of rows.toSorted())
    table.push([
      row.replace(" ", "\n"),
      ...columns.map((column) => (column.has(row) ? cells[row.split(" ")[0]](column.get(row)) : "-")),
    ]);
  return table.toString();
}
