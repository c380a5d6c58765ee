// What lists leave out on request: before they are cut into pages, not after.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data, mutate, unlockedWorld, type World } from "./rig";

let world: World;
let acme: string;
const post = async (path: string, body: Data) =>
  String((await ask(world.rehearsal, world.staging.key, "POST", path, body)).body["id"]);

beforeAll(async () => {
  world = await unlockedWorld();
  const { project, staging, dash } = world;
  for (const [slug, name, ...tags] of [
    ["checkout", "New checkout", "shop", "beta"],
    ["search", "Search", "shop"],
    ["old-checkout", "OLD", "legacy"],
    ["theme", "Dark theme"],
  ])
    await mutate(dash, "createFlag", { projectId: project, slug, name, tags, userId: "user_1" });
  for (const name of ["Shop", "Back office", "Shop on the phone"])
    await mutate(dash, "createUserlandApplication", { environmentId: staging.id, name });
  acme = await post("/organizations", { name: "Acme", domain_data: [{ domain: "acme.example", state: "verified" }] });
  const other = await post("/organizations", {
    name: "Globex",
    domain_data: [{ domain: "globex.example", state: "pending" }],
  });
  for (const [name, organization] of [
    ["First", acme],
    ["Second", other],
    ["Third", acme],
  ])
    await post("/connect/applications", { name, application_type: "m2m", organization_id: organization });
});
afterAll(() => world.rehearsal.close());

describe("dashboard API", () => {
  const slugs = async (filter: string, limit = 10) => {
    const { data } = await world.dash<{ data: { slug: string }[] }>(
      `{ flagsForProject(projectId: "${world.project}", order: Asc, limit: ${limit} ${filter}) { data { slug } } }`,
    );
    return data.map(({ slug }) => slug);
  };

  it.each([
    ["", 10, ["checkout", "search", "old-checkout", "theme"]],
    ['search: "CHECKOUT"', 10, ["checkout", "old-checkout"]],
    ['search: "dark"', 10, ["theme"]],
    ['search: "theme"', 1, ["theme"]],
    ['search: "%"', 10, []],
    ['tags: ["shop"]', 10, ["checkout", "search"]],
    ['tags: ["shop", "beta"]', 10, ["checkout"]],
    ["tags: []", 10, ["checkout", "search", "old-checkout", "theme"]],
    ['tags: ["nowhere"]', 10, []],
    ['tags: ["shop"], search: "sea"', 10, ["search"]],
  ])("flags %s, %i at a time", async (filter, limit, expected) => {
    expect(await slugs(filter, limit)).toEqual(expected);
  });

  it("applications by a part of their name, page after page", async () => {
    const found = [];
    for (let after: string | null = null; ;) {
      const cursor: string = after ? `, after: "${after}"` : "";
      const page: { data: { name: string }[]; listMetadata: { after: string | null } } = await world.dash(
        `{ userlandApplications(environmentId: "${world.staging.id}", search: "shop", order: Asc, limit: 1${cursor}) { data { name } listMetadata { after } } }`,
      );
      found.push(...page.data.map(({ name }) => name));
      after = page.listMetadata.after;
      if (after === null) break;
    }
    expect(found).toEqual(["Shop", "Shop on the phone"]);
  });
});

describe("environment API", () => {
  const names = async (path: string) =>
    ((await ask(world.rehearsal, world.staging.key, "GET", path)).body["data"] as { name: string }[]).map(
      ({ name }) => name,
    );

  it.each([
    ["/organizations?order=asc", ["Acme", "Globex"]],
    ["/organizations?domains=acme.example", ["Acme"]],
    ["/organizations?domains=acme.example,globex.example&order=asc", ["Acme", "Globex"]],
    ["/organizations?domains=nowhere.example", []],
    ["/organizations?search=glo", ["Globex"]],
    ["/connect/applications?order=asc", ["First", "Second", "Third"]],
    ["/connect/applications?order=asc&organization_id=$acme", ["First", "Third"]],
    ["/connect/applications?organization_id=org_1", []],
  ])("%s", async (path, expected) => {
    expect(await names(path.replace("$acme", acme))).toEqual(expected);
  });
});
