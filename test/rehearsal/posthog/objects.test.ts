// Cohorts, actions and project secret keys: what they keep, refuse, hide and end with.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Data } from "../rig";
import { names, posthogWorld, refusal, request, type World } from "./rig";

let world: World;
beforeAll(async () => void (world = await posthogWorld()));
afterAll(() => world.rehearsal.close());

const people = (...filters: Data[]): Data => ({
  filters: { properties: { type: "OR", values: [{ type: "AND", values: filters }] } },
});
const email: Data = { key: "email", type: "person", operator: "icontains", value: "@example.com" };
describe("cohorts", () => {
  it("are made, changed, listed and deleted", async () => {
    const { status, body } = await world.inside("POST", "cohorts/", { name: "Team", ...people(email) });
    expect([status, body["name"], body["is_static"]]).toEqual([201, "Team", false]);
    const path = `cohorts/${body["id"]}/`;
    expect((await world.inside("PATCH", path, { description: "Ours" })).body).toMatchObject({
      description: "Ours",
      filters: people(email)["filters"],
    });
    expect(names(await world.inside("GET", "cohorts/?search=tea"))).toEqual(["Team"]);
    expect((await world.inside("DELETE", path)).status).toBe(405);
    expect((await world.inside("PATCH", path, { deleted: true })).status).toBe(200);
    expect([(await world.inside("GET", path)).status, names(await world.inside("GET", "cohorts/"))]).toEqual([404, []]);
  });
  it.each<[string, Data, readonly unknown[]]>([
    ["no name", people(email), [400, "required", "name"]],
    ["no filters", { name: "x" }, [400, "required", "filters"]],
    ["filters without properties", { name: "x", filters: {} }, [400, "required", "filters__properties"]],
    [
      "a group of another type",
      { name: "x", filters: { properties: { type: "XOR", values: [] } } },
      [400, "invalid_choice", "filters__properties__type"],
    ],
    [
      "values that are no list",
      { name: "x", filters: { properties: { type: "OR", values: {} } } },
      [400, "not_a_list", "filters__properties__values"],
    ],
    [
      "a property of no type",
      { name: "x", ...people({ key: "a" }) },
      [400, "required", "filters__properties__values__0__values__0__type"],
    ],
    [
      "a property without a key",
      { name: "x", ...people({ type: "person" }) },
      [400, "required", "filters__properties__values__0__values__0__key"],
    ],
    [
      "a cohort that is not there",
      { name: "x", ...people({ key: "id", type: "cohort", value: 5 }) },
      [400, "cohort_does_not_exist", "filters"],
    ],
  ])("refused: %s", async (_case, body, wanted) => {
    expect(refusal(await world.inside("POST", "cohorts/", body))).toEqual(wanted);
  });
  it("none leads back to itself, and one that another needs stays", async () => {
    const make = async (name: string, ...filters: Data[]) =>
      (await world.inside("POST", "cohorts/", { name, ...people(...filters) })).body["id"] as number;
    const inner = await make("Inner", email);
    const outer = await make("Outer", { key: "id", type: "cohort", value: inner });
    expect(
      refusal(await world.inside("PATCH", `cohorts/${inner}/`, people({ key: "id", type: "cohort", value: outer }))),
    ).toEqual([400, "invalid_input", "filters"]);
    expect(refusal(await world.inside("PATCH", `cohorts/${inner}/`, { deleted: true }))).toEqual([
      400,
      "invalid_input",
      "deleted",
    ]);
  });
});

describe("actions", () => {
  it("are made, changed, listed and deleted; their names are their own", async () => {
    const steps = [{ event: "$pageview", url: "/pay", url_matching: "contains" }];
    const { status, body } = await world.inside("POST", "actions/", { name: "Pays", steps, tags: ["B", "a"] });
    expect([status, body["tags"], body["is_action"]]).toEqual([201, ["a", "b"], true]);
    expect(body["steps"]).toMatchObject([{ ...steps[0], selector: null, properties: [] }]);
    expect(refusal(await world.inside("POST", "actions/", { name: "Pays" }))).toEqual([400, "unique", "name"]);
    expect((await world.inside("PATCH", `actions/${body["id"]}/`, { deleted: true })).status).toBe(200);
    expect((await world.inside("GET", `actions/${body["id"]}/`)).status).toBe(404);
    expect((await world.inside("POST", "actions/", { name: "Pays" })).status).toBe(201);
    expect(names(await world.inside("GET", "actions/"))).toEqual(["Pays"]);
  });
  it.each<[string, Data, readonly unknown[]]>([
    ["no name", { steps: [] }, [400, "required", "name"]],
    ["steps that are no list", { name: "x", steps: {} }, [400, "not_a_list", "steps"]],
    ["a step that is no object", { name: "x", steps: [1] }, [400, "not_a_dict", "steps__0"]],
    [
      "a matching that is not there",
      { name: "x", steps: [{ url: "a", url_matching: "like" }] },
      [400, "invalid_choice", "steps__0__url_matching"],
    ],
    [
      "a property that is no object",
      { name: "x", steps: [{ properties: [1] }] },
      [400, "not_a_dict", "steps__0__properties__0"],
    ],
  ])("refused: %s", async (_case, body, wanted) => {
    expect(refusal(await world.inside("POST", "actions/", body))).toEqual(wanted);
  });
});

describe("project secret keys", () => {
  const definitions = (value: string): Promise<Answer> =>
    request(world.rehearsal.url, value, "GET", `/flags/definitions?token=${world.token}&send_cohorts`);
  it("tell their value once; rolled, the old one is worth nothing", async () => {
    const { status, body } = await world.inside("POST", "project_secret_api_keys/", {
      label: "App",
      scopes: ["feature_flag:read"],
    });
    const [value, path] = [body["value"] as string, `project_secret_api_keys/${body["id"]}/`];
    expect([status, value.startsWith("phs_"), (await definitions(value)).status]).toEqual([201, true, 200]);
    expect((await world.inside("GET", path)).body).toMatchObject({
      value: null,
      label: "App",
      mask_value: body["mask_value"],
    });
    expect(JSON.stringify((await world.inside("GET", "project_secret_api_keys/")).body)).not.toContain(value);
    const rolled = (await world.inside("POST", `${path}roll/`, {})).body["value"] as string;
    expect(rolled).not.toBe(value);
    expect([(await definitions(value)).status, (await definitions(rolled)).status]).toEqual([401, 200]);
    expect((await world.inside("PATCH", path, { label: "App 2", scopes: ["endpoint:read"] })).body).toMatchObject({
      label: "App 2",
      value: null,
    });
    expect((await definitions(rolled)).status).toBe(403);
    expect((await world.inside("DELETE", path)).status).toBe(204);
    expect([(await definitions(rolled)).status, (await world.inside("GET", path)).status]).toEqual([401, 404]);
  });
  it("manage nothing", async () => {
    const { body } = await world.inside("POST", "project_secret_api_keys/", {
      label: "Nothing",
      scopes: ["feature_flag:read"],
    });
    expect((await world.inside("GET", "feature_flags/", undefined, body["value"] as string)).status).toBe(403);
  });
  it.each<[string, Data, readonly unknown[]]>([
    ["no label", { scopes: ["feature_flag:read"] }, [400, "required", "label"]],
    ["a label of 41", { label: "x".repeat(41), scopes: ["feature_flag:read"] }, [400, "max_length", "label"]],
    ["no scopes", { label: "x" }, [400, "required", "scopes"]],
    ["empty scopes", { label: "x", scopes: [] }, [400, "empty", "scopes"]],
    ["every scope", { label: "x", scopes: ["*"] }, [400, "invalid_choice", "scopes__0"]],
    ["a scope of people", { label: "x", scopes: ["project:write"] }, [400, "invalid_choice", "scopes__0"]],
    ["a label that exists", { label: "Taken", scopes: ["feature_flag:read"] }, [400, "unique", "label"]],
  ])("refused: %s", async (_case, body, wanted) => {
    await world.inside("POST", "project_secret_api_keys/", { label: "Taken", scopes: ["feature_flag:read"] });
    expect(refusal(await world.inside("POST", "project_secret_api_keys/", body))).toEqual(wanted);
  });
  it("fifty of them", async () => {
    const own = (await world.ask("POST", `/api/organizations/${world.organization}/projects/`, { name: "Fifty" })).body[
      "id"
    ] as number;
    const path = `/api/projects/${own}/project_secret_api_keys/`;
    for (let i = 0; i < 50; i++) await world.ask("POST", path, { label: `k${i}`, scopes: ["feature_flag:read"] });
    expect((await world.ask("POST", path, { label: "one more", scopes: ["feature_flag:read"] })).status).toBe(400);
    expect((await world.ask("GET", path)).body["count"]).toBe(50);
  });
});
