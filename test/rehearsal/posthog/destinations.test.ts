// Destinations: what the template gives, what is refused, what is hidden, and their end.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../rig";
import { names, posthogWorld, refusal, type World } from "./rig";

let world: World;
beforeAll(async () => void (world = await posthogWorld()));
afterAll(() => world.rehearsal.close());

const url = "https://example.com/hook";
const hook = (rest: Data = {}, inputs: Data = {}): Data => ({
  type: "destination",
  template_id: "template-webhook",
  name: "Hook",
  enabled: true,
  inputs: { url: { value: url }, method: { value: "POST" }, ...inputs },
  filters: { source: "events", events: [{ id: "$pageview", name: "$pageview", type: "events" }] },
  ...rest,
});
const makeHook = async (body: Data = hook()): Promise<string> => {
  const { status, body: made } = await world.inside("POST", "hog_functions/", body);
  expect([status, made["detail"]]).toEqual([201, undefined]);
  return made["id"] as string;
};
const readHook = async (id: string) => (await world.inside("GET", `hog_functions/${id}/`)).body;
const values = (inputs: unknown) =>
  Object.fromEntries(Object.entries(inputs as Record<string, Data>).map(([key, one]) => [key, one["value"]]));

describe("destinations", () => {
  it("from the template: its code, its defaults, and what the server adds", async () => {
    const body = await readHook(await makeHook());
    expect(values(body["inputs"])).toEqual({
      url,
      method: "POST",
      body: { event: "{event}", person: "{person}" },
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      debug: false,
    });
    expect(body).toMatchObject({
      type: "destination",
      enabled: true,
      template: { id: "template-webhook" },
      filters: { source: "events", bytecode: expect.any(Array) as unknown[] },
    });
    expect((body["inputs"] as Record<string, Data>)["url"]).toHaveProperty("bytecode");
  });

  it("left out, it is not enabled; a write of inputs replaces them, and what the schema lacks goes", async () => {
    const id = await makeHook(hook({ enabled: undefined }, { debug: { value: true }, extra: { value: 1 } }));
    expect(await readHook(id)).toMatchObject({ enabled: false });
    expect(values((await readHook(id))["inputs"])).toMatchObject({ debug: true });
    const { body } = await world.inside("PATCH", `hog_functions/${id}/`, {
      inputs: { url: { value: "https://example.com/other" } },
    });
    expect(values(body["inputs"])).toEqual({
      url: "https://example.com/other",
      method: "POST",
      debug: false,
      body: expect.anything() as unknown,
      headers: expect.anything() as unknown,
    });
    const renamed = await world.inside("PATCH", `hog_functions/${id}/`, { name: "Renamed" });
    expect(values(renamed.body["inputs"])).toMatchObject({ url: "https://example.com/other" });
  });

  it.each<[string, Data, readonly unknown[]]>([
    ["no url", hook({ inputs: {} }), [400, "required", "inputs__url"]],
    ["an empty url", hook({}, { url: { value: "" } }), [400, "required", "inputs__url"]],
    ["a url that is no text", hook({}, { url: { value: 5 } }), [400, "invalid_input", "inputs__url"]],
    ["a method that is not there", hook({}, { method: { value: "HEAD" } }), [400, "invalid_choice", "inputs__method"]],
    ["headers that are a list", hook({}, { headers: { value: [] } }), [400, "not_a_dict", "inputs__headers"]],
    [
      "a header that is a number",
      hook({}, { headers: { value: { a: 1 } } }),
      [400, "invalid_input", "inputs__headers__a"],
    ],
    ["an input that is no object", hook({}, { url: "https://example.com" }), [400, "not_a_dict", "inputs__url"]],
    ["inputs that are a list", hook({ inputs: [] }), [400, "not_a_dict", "inputs"]],
    [
      "a brace that is not closed",
      hook({}, { url: { value: "https://example.com/{event" } }),
      [400, "invalid_input", "inputs__url"],
    ],
    ["a type that is not there", hook({ type: "webhook" }), [400, "invalid_choice", "type"]],
    ["a template that is not there", hook({ template_id: "template-none" }), [400, "invalid_input", "template_id"]],
    ["no code and no template", { name: "x", type: "destination" }, [400, "required", "hog"]],
    ["code of 200 KB", { name: "x", hog: "x".repeat(200_000) }, [400, "max_length", "hog"]],
    ["a name of 401", hook({ name: "x".repeat(401) }), [400, "max_length", "name"]],
    ["enabled as text", hook({ enabled: "yes" }), [400, "invalid_input", "enabled"]],
    ["filters that are a text", hook({ filters: "x" }), [400, "not_a_dict", "filters"]],
    [
      "an event without a type",
      hook({ filters: { events: [{ id: "a" }] } }),
      [400, "required", "filters__events__0__type"],
    ],
    [
      "a property without a key",
      hook({ filters: { properties: [{}] } }),
      [400, "required", "filters__properties__0__key"],
    ],
    [
      "a schema without a key",
      hook({ inputs_schema: [{ type: "string" }] }),
      [400, "required", "inputs_schema__0__key"],
    ],
  ])("refused: %s", async (_case, body, wanted) => {
    expect(refusal(await world.inside("POST", "hog_functions/", body))).toEqual(wanted);
  });

  it("a secret input is never read, kept when it is not sent, and rotated by a new value", async () => {
    const inputs_schema = [
      { key: "url", type: "string", required: true },
      { key: "headers", type: "dictionary", secret: true },
    ];
    const secret = { headers: { value: { Authorization: "Bearer geheim" } } };
    const refused = await world.inside(
      "POST",
      "hog_functions/",
      hook({ inputs_schema, inputs: { url: { value: url }, headers: { secret: true } } }),
    );
    expect([refusal(refused), refused.body["detail"]]).toEqual([
      [400, "invalid_input", "inputs__headers"],
      "No value is saved for this secret input. Enter the value again.",
    ]);
    const id = await makeHook(hook({ inputs_schema }, secret));
    const path = `hog_functions/${id}/`;
    for (const inputs of [undefined, { url: { value: url } }, { url: { value: url }, headers: { secret: true } }]) {
      const { status, body } = await world.inside("PATCH", path, inputs === undefined ? { name: "x" } : { inputs });
      expect([status, (body["inputs"] as Data)["headers"]]).toEqual([200, { secret: true }]);
    }
    expect(JSON.stringify((await world.inside("GET", "hog_functions/?full=true")).body)).not.toContain("geheim");
  });

  it("the type stays; DELETE is refused; what is deleted is gone and can return", async () => {
    const id = await makeHook();
    const path = `hog_functions/${id}/`;
    expect(refusal(await world.inside("PATCH", path, { type: "transformation" }))).toEqual([
      400,
      "invalid_input",
      "type",
    ]);
    const refused = await world.inside("DELETE", path);
    expect([refused.status, refused.body]).toEqual([405, {}]);
    expect((await world.inside("PATCH", path, { deleted: true })).status).toBe(200);
    expect([
      (await world.inside("GET", path)).status,
      (await world.inside("PATCH", path, { name: "x" })).status,
    ]).toEqual([404, 404]);
    expect((await world.inside("PATCH", path, { deleted: false })).status).toBe(200);
    expect((await readHook(id))["name"]).toBe("Hook");
  });

  it("a stale write is refused where it says what it saw", async () => {
    const id = await makeHook();
    const seen = (await readHook(id))["updated_at"];
    const write = (base_updated_at: unknown) =>
      world.inside("PATCH", `hog_functions/${id}/`, { name: "x", base_updated_at });
    expect((await write(seen)).status).toBe(200);
    expect(refusal(await write("2020-01-01T00:00:00Z"))).toEqual([409, "stale_update", null]);
    expect(refusal(await write("yesterday"))).toEqual([400, "invalid_input", "base_updated_at"]);
  });

  it("lists are brief unless they are asked to be full, and of the asked types", async () => {
    const own = (await world.ask("POST", `/api/organizations/${world.organization}/projects/`, { name: "Hooks" })).body[
      "id"
    ] as number;
    const list = (query: string) => world.ask("GET", `/api/projects/${own}/hog_functions/${query}`);
    for (const [name, type, enabled] of [
      ["A", "destination", true],
      ["B", "transformation", false],
    ] as const)
      await world.ask("POST", `/api/projects/${own}/hog_functions/`, { name, type, enabled, hog: "return event\n\n" });
    expect(names(await list("?type=destination"))).toEqual(["A"]);
    expect(names(await list("?enabled=false"))).toEqual(["B"]);
    expect(names(await list("?type=destination,transformation&search=b"))).toEqual(["B"]);
    expect(names(await list(""), "inputs")).toEqual([undefined, undefined]);
    expect(names(await list("?full=true"), "inputs")).toEqual([{}, {}]);
    expect(names(await list("?full=true"), "hog")).toEqual(["return event", "return event"]);
  });

  it("its template can be read", async () => {
    expect(names(await world.inside("GET", "hog_function_templates/"), "id")).toEqual(["template-webhook"]);
    const { body } = await world.inside("GET", "hog_function_templates/template-webhook/");
    expect((body["inputs_schema"] as Data[]).map(({ key, secret }) => [key, secret])).toEqual(
      ["url", "method", "body", "headers", "debug"].map((key) => [key, false]),
    );
    expect((await world.inside("GET", "hog_function_templates/none/")).status).toBe(404);
  });
});
