// Pages of every list: cursors in each order, and the official client that follows them.
import { WorkOS } from "@workos-inc/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, unlockedWorld, type World } from "./rig";

let world: World;
const clientOf = (key: string): WorkOS =>
  new WorkOS(key, { apiHostname: "127.0.0.1", port: world.rehearsal.port, https: false });
beforeAll(async () => {
  world = await unlockedWorld();
});
afterAll(() => world.rehearsal.close());

const names = ["one", "two", "three", "four", "five"];
describe.each([
  ["/organizations", (name: string) => ({ name })],
  ["/webhook_endpoints", (name: string) => ({ endpoint_url: `https://${name}.example.com`, events: [] })],
  ["/user_management/redirect_uris", (name: string) => ({ uri: `https://${name}.example.com/cb` })],
  ["/user_management/cors_origins", (name: string) => ({ origin: `https://${name}.example.com` })],
])("pages of %s", (path, bodyOf) => {
  const ids: string[] = [];
  const page = async (query: string) => {
    const { body } = await ask(world.rehearsal, world.production.key, "GET", `${path}?${query}`);
    const { before, after } = body["list_metadata"] as { before: string | null; after: string | null };
    const at = (id: string | null) => (id === null ? null : ids.indexOf(id));
    return {
      rows: (body["data"] as { id: string }[]).map(({ id }) => ids.indexOf(id)),
      before: at(before),
      after: at(after),
    };
  };
  beforeAll(async () => {
    for (const name of names)
      ids.push(String((await ask(world.rehearsal, world.production.key, "POST", path, bodyOf(name))).body["id"]));
  });

  it.each([
    ["limit=2&order=desc", { rows: [4, 3], before: null, after: 3 }],
    ["limit=2&order=desc&after=$3", { rows: [2, 1], before: 2, after: 1 }],
    ["limit=2&order=desc&after=$1", { rows: [0], before: 0, after: null }],
    ["limit=2&order=desc&before=$2", { rows: [4, 3], before: null, after: 3 }],
    ["limit=2&order=asc", { rows: [0, 1], before: null, after: 1 }],
    ["limit=2&order=asc&after=$1", { rows: [2, 3], before: 2, after: 3 }],
    ["limit=2&order=asc&before=$2", { rows: [0, 1], before: null, after: 1 }],
    ["limit=2&order=normal", { rows: [4, 3], before: 3, after: null }],
    ["limit=2&order=normal&before=$3", { rows: [2, 1], before: 1, after: 2 }],
    ["limit=2&order=normal&after=$2", { rows: [4, 3], before: 3, after: null }],
    ["limit=2", { rows: [4, 3], before: null, after: 3 }],
    ["limit=2&after=$3", { rows: [2, 1], before: 2, after: 1 }],
    ["limit=2&after=&before=&order=", { rows: [4, 3], before: null, after: 3 }],
    ["", { rows: [4, 3, 2, 1, 0], before: null, after: null }],
  ])("%s", async (query, expected) => {
    expect(await page(query.replace(/\$(\d)/, (_, i: string) => ids[Number(i)]!))).toEqual(expected);
  });
});

it("the client follows them to the end by itself, a hundred at a time", async () => {
  const { organizations } = clientOf(world.staging.key);
  const made = await Promise.all(
    Array.from({ length: 205 }, (_, i) => organizations.createOrganization({ name: `Org ${i}` })),
  );
  const all = await (await organizations.listOrganizations()).autoPagination();
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
  expect(all).toHaveLength(205);
});
