// Previews as `pulumi preview --json` prints them, to a comment of a pull request. test/ci reads those of the real engine.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderOf } from "./terminal";

interface Step {
  op: string;
  urn: string;
  oldState?: object;
  newState?: object;
}
const urn = (kind: string, name: string) =>
  `urn:pulumi:dev::shop::golive:index:Stage$pulumi-nodejs:dynamic/golive:${kind}::${name}`;
const state = (inputs: object) => ({
  custom: true,
  inputs: { __provider: "…", environmentType: "production", ...inputs },
});
const create = (kind: string, name: string, inputs: object): Step => ({
  op: "create",
  urn: urn(kind, name),
  newState: state(inputs),
});
const change = (op: string, kind: string, name: string, from: object, to: object): Step => ({
  op,
  urn: urn(kind, name),
  oldState: state(from),
  newState: state(to),
});
const preview = (steps: readonly Step[], diagnostics: readonly object[] = []) => JSON.stringify({ steps, diagnostics });
const error = (message: string, of?: string) => ({ severity: "error", message: `error: ${message}\n`, urn: of });

async function summed(...previews: string[]): Promise<string> {
  const at = folderOf(Object.fromEntries(previews.map((text, i) => [`env${i}.json`, text])));
  const ran = await at.golive("summary", ...previews.map((_, i) => `env${i}.json`));
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  return ran.stdout;
}

describe("what stands in it", () => {
  test.each<[what: string, steps: Step[], lines: string[]]>([
    ["nothing", [], ["| env0 |  |  |  |  | nothing changes |"]],
    [
      "an object that is made, with what it is made with",
      [create("ApiKey", "backend", { kind: "secret", environment: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
      [
        "| env0 | 1 |  |  |  |  |",
        "- create ApiKey <code>backend</code>",
        '  - <code>kind</code>: <code>"secret"</code>',
      ],
    ],
    [
      "a value that differs, and a part of one",
      [
        change(
          "update",
          "Application",
          "web",
          { name: "a", sessions: { maxAge: 1, inactivity: 2 } },
          { name: "b", sessions: { maxAge: 3, inactivity: 2 } },
        ),
      ],
      [
        '  - <code>name</code>: <code>"a"</code> → <code>"b"</code>',
        "  - <code>sessions.maxAge</code>: <code>1</code> → <code>3</code>",
      ],
    ],
    [
      "members of a list that come and go",
      [change("update", "WebhookEndpoint", "hook", { events: ["a", "b"] }, { events: ["b", "c"] })],
      [
        '  - <code>events&#91;&#93;</code>: ~~<code>"a"</code>~~',
        '  - <code>events&#91;&#93;</code>: <code>"c"</code>',
      ],
    ],
    [
      "replacements and deletes first",
      [
        create("ApiKey", "new", {}),
        change("update", "ApiKey", "it", { version: 1 }, { version: 2 }),
        { op: "delete", urn: urn("ApiKey", "old"), oldState: state({}) },
        change("replace", "ApiKey", "other", { kind: "secret" }, { kind: "publishable" }),
      ],
      [
        "| env0 | 1 | 1 | 1 | 1 |  |",
        "- **replace** ApiKey <code>other</code>",
        "- **delete** ApiKey <code>old</code>",
        "- update ApiKey <code>it</code>",
        "- create ApiKey <code>new</code>",
      ],
    ],
    [
      "what is not known before the deploy",
      [
        change(
          "update",
          "FeatureFlagRule",
          "beta",
          { flag: "flag_1" },
          { flag: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
        ),
      ],
      ['→ <code>"(known after the deploy)"</code>'],
    ],
    [
      "names that look like markup, people and issues",
      [create("Application", "<img> @team #1 `x` | *b*", {})],
      ["- create Application <code>&#60;img&#62; &#64;team &#35;1 &#96;x&#96; &#124; &#42;b&#42;</code>"],
    ],
  ])("%s", async (_, steps, lines) => {
    const text = await summed(preview(steps));
    const at = lines.map((line) => text.indexOf(line));
    expect(
      at.every((place) => place >= 0),
      text,
    ).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test("what becomes a secret is one on both sides, and what looks like a key is not shown", async () => {
    const text = await summed(
      preview([
        change("update", "Application", "web", { name: "plain" }, { name: "[secret]" }),
        create("Application", "worker", { description: "use sk_live_0123456789abcdef" }),
      ]),
    );
    expect(text).not.toContain("plain");
    expect(text).not.toContain("0123456789");
  });

  test("a replacement says because of what", async () => {
    const step = change("replace", "ApiKey", "backend", { kind: "secret" }, { kind: "publishable" });
    expect(await summed(preview([Object.assign(step, { replaceReasons: ["kind"] })]))).toContain(
      "- **replace** ApiKey <code>backend</code>, because of <code>kind</code>",
    );
  });

  test("the stack, components, providers, reads and what stays are left out", async () => {
    const steps = [
      { op: "create", urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", newState: { custom: false } },
      { op: "create", urn: "urn:pulumi:dev::shop::golive:index:Stage::stage", newState: { custom: false } },
      {
        op: "create",
        urn: "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::default",
        newState: { custom: true },
      },
      change("same", "ApiKey", "backend", {}, {}),
      { op: "read", urn: urn("Project", "shop"), newState: state({}) },
    ];
    expect(await summed(preview(steps))).toContain("| env0 |  |  |  |  | nothing changes |");
  });

  test("a refusal with its message and whose it is, before any change; what the program told, folded", async () => {
    const told = { severity: "info", message: "go-live checklist of Production: 1 open\n  FAILED  [api-key] …\n" };
    const text = await summed(
      preview([create("ApiKey", "backend", {})]),
      preview([], [told, error("events: a & b < c\nsecond line", urn("WebhookEndpoint", "hook"))]),
    );
    expect(text).toContain("| env1 |  |  |  |  | **refused** |");
    expect(text).toContain('<pre>WebhookEndpoint "hook": events: a &#38; b &#60; c\nsecond line</pre>');
    expect(text.indexOf("env1 is refused")).toBeLessThan(text.indexOf("- create"));
    expect(text).toContain("<summary><code>go-live checklist of Production: 1 open</code></summary>");
  });

  test("a preview that failed before it began says its last lines", async () => {
    expect(await summed("error: no stack named 'production' found\n")).toContain(
      "<pre>no stack named 'production' found</pre>",
    );
  });
});

describe("why it is refused", () => {
  const crashed = error(
    "Running program 'x' failed with an unhandled exception:\nTypeError: no ids\n    at f (/home/me/a.js:1:2)",
  );
  test.each<[what: string, printed: string, said: string[]]>([
    ["a crash beside a refusal is left out", preview([], [crashed, error("is http")]), ["is http"]],
    [
      "a crash alone is said, without its frames",
      preview([], [crashed]),
      ["Running program 'x' failed with an unhandled exception:\nTypeError: no ids"],
    ],
    [
      "what is said twice is said once",
      preview([], [error("is http"), error("is http"), error("preview failed")]),
      ["is http"],
    ],
    [
      "a policy's refusal is not in the JSON",
      preview([], [error("preview failed")]),
      ["It failed and its JSON does not say why, as with a mandatory policy: see the log of this run."],
    ],
    ["stderr in the same file is no refusal", `warning: a new version\n${preview([])}\n`, []],
    [
      "but its errors are",
      `error: the stack is locked\n${JSON.stringify({ steps: [] }, undefined, 4)}\n`,
      ["the stack is locked"],
    ],
    ["nothing was printed", "\n", ["the preview printed nothing"]],
  ])("%s", async (_, printed, said) => {
    const ran = await folderOf({ "a.json": printed }).golive("summary", "a.json", "--json");
    expect(ran.json<{ environments: { refused: string[] }[] }>().environments[0]!.refused).toEqual(said);
  });
});

describe("the command", () => {
  const refused = preview([], [error("is http")]);
  test.each<[what: string, args: string[], code: number]>([
    ["a refusal is summed up", ["one.json"], 0],
    ["--check ends with 3", ["one.json", "--check"], 3],
    ["--check of what went through", ["fine.json", "--check"], 0],
    ["--expect-no-changes of a change", ["changed.json", "--expect-no-changes"], 3],
    ["--expect-no-changes of none", ["fine.json", "--expect-no-changes"], 0],
    ["a file that is not there", ["none.json"], 2],
    ["JSON that is no preview", ["other.json"], 1],
    ["no file at all", [], 2],
  ])("%s", async (_, args, code) => {
    const at = folderOf({
      "one.json": refused,
      "fine.json": preview([]),
      "changed.json": preview([create("ApiKey", "a", {})]),
      "other.json": "[1]",
    });
    expect(await at.golive("summary", ...args)).toMatchObject({ code });
  });

  test("--out writes the summary and --json prints what it is made of, by the name that is given", async () => {
    const at = folderOf({ "a.json": preview([create("ApiKey", "backend", { kind: "secret" })]) });
    const ran = await at.golive("summary", "production=a.json", "--out", "summary.md", "--json");
    expect(at.read("summary.md")).toContain("| production | 1 |");
    expect(ran.json()).toMatchObject({
      environments: [
        { name: "production", refused: [], counts: { create: 1 }, changes: [{ kind: "ApiKey", name: "backend" }] },
      ],
    });
  });
});

describe("GitHub takes 65,536 characters", () => {
  const many = (count: number, length: number) =>
    Array.from({ length: count }, (_, i) =>
      create("WebhookEndpoint", `hook-${i}`, { url: "x".repeat(length), events: ["a"] }),
    );

  test.each<[what: string, count: number, length: number, says: string]>([
    ["properties go first", 400, 300, "_The changed properties are in the log of this run._"],
    ["then objects, and how many", 4_000, 10, " more objects are in the log of this run._"],
  ])("%s", async (_, count, length, says) => {
    const text = await summed(preview(many(count, length), [error("first of all")]), preview([]));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(15_000);
    expect(text).toContain(`| env0 | ${count} |`);
    expect(text).toContain("<pre>first of all</pre>");
    expect(text).toContain(says);
  });

  test("the count of what is left out is exact", async () => {
    const text = await summed(preview(many(4_000, 10)));
    const shown = text.match(/^- create/gm)!.length;
    expect(Number(/_(\d+) more objects are/.exec(text)![1])).toBe(4_000 - shown);
  });

  test("each environment has its share, and its refusals", async () => {
    const refused = Array.from({ length: 500 }, (_, i) => error(`${i} ${"x".repeat(500)}`));
    const text = await summed(preview(many(4_000, 10), refused), preview(many(4_000, 10)));
    expect(text.length).toBeLessThanOrEqual(65_536);
    for (const heading of ["### env0 is refused", "### env0", "### env1"]) expect(text).toContain(`\n${heading}\n`);
    expect(text.match(/^_\d+ more objects are/gm)).toHaveLength(2);
    const left = Number(/_(\d+) more refusals are/.exec(text)![1]);
    expect(left + text.match(/<pre>/g)!.length).toBe(500);
  });

  test("whatever stands in it: never longer, and every element is closed", async () => {
    const text = fc.string({ unit: "binary", maxLength: 400 });
    const step = fc
      .record({ kind: fc.constantFrom("ApiKey", "Application"), name: text, key: text, value: fc.jsonValue() })
      .map(({ kind, name, key, value }) => create(kind, name, { [key]: value }));
    const printed = fc
      .record({
        steps: fc.array(step, { maxLength: 30 }),
        errors: fc.array(
          text.map((message) => error(message)),
          { maxLength: 30 },
        ),
        copies: fc.constantFrom(1, 20),
      })
      .map(({ steps, errors, copies }) => preview(Array.from({ length: copies }, () => steps).flat(), errors));
    await fc.assert(
      fc.asyncProperty(fc.array(printed, { minLength: 1, maxLength: 3 }), async (previews) => {
        const summary = await summed(...previews);
        expect(summary.length).toBeLessThanOrEqual(65_536);
        for (const tag of ["details", "pre", "code", "summary"])
          expect(summary.split(`<${tag}>`).length).toBe(summary.split(`</${tag}>`).length);
        expect(
          summary.replace(/^<!-- golive summary -->|<\/?(details|pre|code|summary)>/g, "").match(/[<>]/g),
        ).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});
