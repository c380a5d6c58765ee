// Files as other systems write them and as people name them: what Pulumi takes, every command takes.
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { config, map, type Printed, shop } from "./shop";
import { state } from "./state";
import { folderOf } from "./terminal";

const encodings: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a mark", (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
  [
    "UTF-16 as PowerShell redirects",
    (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
  ],
  [
    "UTF-16, the other way round",
    (text) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]),
  ],
];
const staging = config("shop:name: Staging", "shop:flags:", "  größe: { enabled: true }", "  b: { enabled: false }");
const production = config("shop:name: Ümläut", "shop:flags:", "  größe: { enabled: true }");
const preview = JSON.stringify({
  steps: [{ op: "create", urn: "urn:pulumi:p::shop::golive:index:ApiKey::é", newState: { custom: true, inputs: {} } }],
});

describe.each(encodings)("in %s", (_, encode) => {
  const project = () => {
    const at = shop("");
    const put = (name: string, text: string) => writeFileSync(path.join(at.folder, name), encode(text));
    put("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    put("Pulumi.staging.yaml", staging);
    put("Pulumi.production.yaml", production);
    put("preview.json", preview);
    put("staging.json", state([{ kind: "Environment", name: "environment" }]));
    put("production.json", state([{ kind: "Environment", name: "environment" }]));
    return at;
  };

  test("clone reads both, and leaves the file in its encoding", async () => {
    const at = project();
    const ran = await at.golive("clone", "staging", "production", "--yes", "--json");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const bytes = readFileSync(path.join(at.folder, "Pulumi.production.yaml"));
    const lines = ["    größe: { enabled: true }", "    b: { enabled: false }"].join("\n");
    expect(bytes.subarray(0, 40)).toEqual(encode(production).subarray(0, 40));
    expect(bytes.includes(encode(lines).subarray(encode("").length))).toBe(true);
    const again = await at.golive("clone", "staging", "production", "--json");
    expect(again.json<Printed>().writes).toBe(false);
  });

  test("parity, doctor and summary read them too", async () => {
    const at = project();
    expect((await at.golive("parity", "staging", "production", "--json")).json()).toMatchObject({
      count: { accident: 1 },
    });
    const files = ["--state-file", "staging.json", "--state-file", "production.json"];
    expect((await at.golive("parity", "staging", "production", ...files)).stderr).toBe("");
    expect((await at.golive("doctor", "production", "--state-file", "production.json", "--json")).code).toBe(3);
    const summed = await at.golive("summary", "preview.json", "--json");
    expect(summed.json()).toMatchObject({ environments: [{ refused: [], changes: [{ name: "é" }] }] });
  });
});

test.each<[what: string, args: string[]]>([
  ["a stack's file", ["clone", "staging", "production"]],
  ["a preview", ["summary", "Pulumi.staging.yaml"]],
  ["a state", ["parity", "a", "b", "--state-file", "Pulumi.staging.yaml", "--state-file", "Pulumi.staging.yaml"]],
])("%s that is no text is refused as such", async (_, args) => {
  const at = shop("");
  writeFileSync(path.join(at.folder, "Pulumi.staging.yaml"), Buffer.from([0x63, 0xc3, 0x28, 0xff]));
  const ran = await at.golive(...args);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/is no text in UTF-8 or UTF-16/) });
});

describe("a file that is not what it should be is refused as such", () => {
  test.each<[what: string, text: string, says: RegExp]>([
    ["text", "hello\n", /the preview of a is no preview/],
    [
      "what a person reads of a preview",
      "Previewing update (p):\n + golive:index:ApiKey key create\n",
      /is no preview/,
    ],
    ["JSON of something else", '{"steps": 5}', /is no preview/],
    ["a stack's config", config("shop:name: P"), /is no preview/],
    ["YAML", "- a\n- b\n", /is no preview/],
  ])("summary: %s", async (_, text, says) => {
    for (const args of [[], ["--check"]])
      expect(await folderOf({ "a.json": text }).golive("summary", "a.json", ...args)).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(says),
      });
  });

  test.each<[what: string, text: string]>([
    ["a list", "[1]"],
    ["an object", "{}"],
    ["a preview", preview],
    ["text", "hello"],
    ["null", "null"],
  ])("a state: %s", async (_, text) => {
    const at = folderOf({ "s.json": text });
    const ran = await at.golive("parity", "a", "b", "--state-file", "s.json", "--state-file", "s.json");
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/the state of a is no (state|JSON)/) });
  });

  test.each<[what: string, text: string, says: RegExp]>([
    ["a list", "- a\n", /Pulumi\.staging\.yaml is no config of a stack/],
    ["a text", "hello\n", /Pulumi\.staging\.yaml is no config of a stack/],
    ["an alias without an anchor", "config:\n  shop:flags: *none\n", /no anchor|no valid YAML/],
    ["a merge of no map", "config:\n  shop:flags: { <<: 5 }\n", /merges something that is no map/],
    ["an anchor of itself", "config:\n  shop:flags: &a { <<: *a }\n", /grow beyond measure|no anchor|no valid YAML/],
  ])("a stack's file: %s", async (_, text, says) => {
    expect(await shop(text).golive("clone", "staging", "production")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(says),
    });
  });
});

describe("a project is found and named as Pulumi does it", () => {
  const json = (values: object): string => JSON.stringify({ config: values });
  test.each<[what: string, files: Record<string, string>, written: string]>([
    [
      "Pulumi.yml",
      { "Pulumi.yml": "name: shop\nruntime: nodejs\n", "Pulumi.staging.yml": staging },
      "Pulumi.production.yml",
    ],
    [
      "stackConfigDir",
      { "Pulumi.yaml": "name: shop\nruntime: nodejs\nstackConfigDir: a/b\n", "a/b/Pulumi.staging.yaml": staging },
      "a/b/Pulumi.production.yaml",
    ],
    [
      "its old form",
      { "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig: stacks\n", "stacks/Pulumi.staging.yaml": staging },
      "stacks/Pulumi.production.yaml",
    ],
    [
      "a program elsewhere",
      {
        "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: src/\n",
        "Pulumi.staging.yaml": staging,
        "src/index.ts": "",
      },
      "Pulumi.production.yaml",
    ],
    [
      "an anchor in the project file",
      { "Pulumi.yaml": "x: &n shop\nname: *n\nruntime: nodejs\n", "Pulumi.staging.yaml": staging },
      "Pulumi.production.yaml",
    ],
    [
      "JSON before YAML",
      {
        "Pulumi.json": '{"name":"shop","runtime":"nodejs"}',
        "Pulumi.yaml": "name: other\nruntime: nodejs\n",
        "Pulumi.staging.json": json({ "shop:name": "Staging", "shop:flags": { b: { enabled: false } } }),
      },
      "Pulumi.production.json",
    ],
  ])("%s", async (_, files, written) => {
    const at = folderOf(files);
    for (const stack of ["staging", "shop/staging", "acme/shop/staging"]) {
      const ran = await at.golive("clone", stack, "acme/shop/production", "--yes", "--json");
      expect(ran).toMatchObject({ code: 0, stderr: "" });
    }
    expect(at.read(written)).toMatch(/b"?: \{\s*"?enabled"?: false/);
    const same = await at.golive("parity", "acme/shop/staging", "acme/shop/production", "--json", "--check");
    expect(same).toMatchObject({ code: 0, stderr: "" });
  });

  test("a folder called Pulumi.yaml is no project", async () => {
    const at = folderOf({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.staging.yaml": staging,
      "in/Pulumi.yaml/x": "",
    });
    const inner = folderOf({});
    expect((await inner.golive("clone", "a", "b")).code).toBe(2);
    const { golive } = await import("./terminal");
    const ran = await golive(["clone", "staging", "production", "--json"], { cwd: path.join(at.folder, "in") });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("stacks of a Pulumi.json", () => {
  const files = {
    "Pulumi.json": '{"name":"shop","runtime":"nodejs"}',
    "Pulumi.staging.json": `{
  "config": {
    "shop:applications": { "web": { "kind": "web", "homepageUrl": "http://staging.example.com/", "logoutUris": ["https://third.test/bye"] } },
    "shop:webhooks": "{\\"w\\": {\\"url\\": \\"https://staging.example.com/w\\", \\"events\\": [\\"user.created\\"]}}",
    "golive:token": { "secure": "v1:abc" }
  }
}`,
    "Pulumi.production.json": `{
  "encryptionsalt": "v1:x",
  "config": { "shop:applications": null, "shop:name": "Live" }
}`,
  };

  test("what crosses is written as JSON, in its own indentation; what waits stands in the plan", async () => {
    const at = folderOf(files);
    const ran = await at.golive("clone", "staging", "production", "--yes", "--json", ...map);
    expect(JSON.parse(at.read("Pulumi.production.json"))).toEqual({
      encryptionsalt: "v1:x",
      config: {
        "shop:applications": { web: { kind: "web", homepageUrl: "https://example.com/" } },
        "shop:name": "Live",
        "shop:webhooks": { w: { url: "https://example.com/w", events: ["user.created"] } },
      },
    });
    expect(at.read("Pulumi.production.json")).toMatch(
      /^\{\n {2}"encryptionsalt": "v1:x",\n {2}"config": \{\n {4}"shop:app/,
    );
    const waits = ran.json<Printed>().plan.filter(({ action }) => action === "asked" || action === "secret");
    expect(waits.map((line) => line.path)).toEqual(["applications.web.logoutUris[0]", "golive:token"]);
    const again = await at.golive("clone", "staging", "production", "--json", ...map);
    expect(again.json<Printed>()).toMatchObject({ writes: false, behind: true });
  });

  test("what is no JSON is refused", async () => {
    const at = folderOf({ ...files, "Pulumi.staging.json": "config: {}" });
    expect(await at.golive("clone", "staging", "production")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Pulumi\.staging\.json is no valid JSON/),
    });
  });
});
