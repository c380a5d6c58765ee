// Names as people give them, in every script: what `golive adopt` writes of them runs, and its first deploy changes nothing.
import { readFileSync } from "node:fs";
import path from "node:path";
import { adoptFiles } from "@golive/cli/dist/adopt/files.js";
import { slugged } from "@golive/cli/dist/adopt/names.js";
import { programValues } from "@golive/cli/dist/environment/from-config.js";
import { parseStackConfig } from "@golive/cli/dist/project/stack-config.js";
import { parseYaml } from "@golive/cli/dist/yaml/document.js";
import type { LiveEnvironment } from "@golive/cli/dist/environment/from-live.js";
import { createRehearsal } from "@golive/rehearsal";
import { resolveConfig } from "@golive/provider/config";
import { platformOf } from "@golive/provider/platforms/connect";
import type { Inputs, Kind } from "@golive/provider";
import fc from "fast-check";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { Backend, createStack } from "../engine/harness";
import { rehearsalEnv } from "../engine/rehearsal";
import { recorderOf } from "./recorder";
import { folderOf, golive } from "./terminal";

const seed = Number(process.env["GOLIVE_YAML_SEED"] ?? 20_261_128);
const runs = Number(process.env["GOLIVE_YAML_RUNS"] ?? 300);

/** Words that YAML, Go, JavaScript, a shell or Pulumi take for something else, and words of other scripts. */
const odd = [
  "2026-01-15",
  "2026-1-5 1:2:3",
  "0644",
  "017",
  "1_000",
  "0o17",
  "0b1",
  "1e3",
  "12345678901234567890",
  ".5",
  "~",
  "null",
  "true",
  "Yes",
  "off",
  "Acme: Shop",
  "Acme #1",
  "- a",
  "[a]",
  "{a}",
  "*a",
  "&a",
  "!a",
  "%a",
  "@a",
  "`a`",
  '"a"',
  "'a'",
  "a\nb",
  "a\tb",
  "a\\b",
  "a::b",
  "a/b",
  "$(a)",
  "constructor",
  "__proto__",
  "Pulumi",
  "secure",
  "日本語のお店",
  "متجر",
  "Магазин",
  "חנות",
  "दुकान",
  "ร้านค้า",
  "가게",
  "🛒",
  "Ünïcödé",
  "x".repeat(110),
];
const name = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  fc.tuple(fc.constantFrom(...odd), fc.constantFrom(...odd)).map(([a, b]) => `${a} ${b}`),
);
const trimmed = name.map((one) => one.trim()).filter((one) => one !== "" && one !== "<<");

const liveOf = (
  own: Partial<Record<"project" | "environment" | "application" | "key" | "tag", string>>,
  slug: string,
) =>
  ({
    project: { id: "project_1", state: { name: own.project ?? "Shop" } },
    environment: {
      id: "environment_1",
      state: { project: "project_1", name: own.environment ?? "Staging", type: "staging" },
    },
    objects: {
      applications: [{ id: "app_1", state: { name: own.application ?? "web", redirectUris: [] } }],
      flags: [{ id: "rule_1", state: { flag: "flag_1", enabled: true, access: "all" } }],
      webhooks: [],
      keys: [{ id: "key_1", state: { name: own.key ?? "backend", expiresAt: "2027-01-01T00:00:00.000Z" } }],
    },
    flags: [{ id: "flag_1", state: { slug, name: own.tag ?? "A flag", tags: [own.tag ?? "a"] } }],
  }) as unknown as LiveEnvironment;

const valuesOf = (text: string, project: string) =>
  programValues(
    { stack: "x", file: "Pulumi.x.yaml", exists: true, ...parseStackConfig(text, "Pulumi.x.yaml") },
    project,
  );

test(`adopt: what is written is read as it was, for generated names (${runs} runs, seed ${seed})`, () => {
  const slug = fc.constantFrom("2026-01-15", "0644", "1_000", "true", "null", "a-b", "1e3", "0o17");
  fc.assert(
    fc.property(
      trimmed,
      trimmed,
      trimmed,
      trimmed,
      trimmed,
      slug,
      (project, environment, application, key, tag, flag) => {
        const files = adoptFiles({
          live: liveOf({ project, environment: environment.slice(0, 100), application, key, tag }, flag),
          stack: "live",
          version: "1.2.3",
          now: new Date("2026-11-28T00:00:00Z"),
        });
        const about = parseYaml(files["Pulumi.yaml"]!).toJSON() as { name: string; description: string };
        expect(about.name).toMatch(/^[a-z0-9-]{1,100}$/);
        expect(about.description.length).toBeLessThan(256);
        expect(JSON.parse(files["package.json"]!)).toMatchObject({ name: about.name });
        const config = valuesOf(files["Pulumi.live.yaml"]!, about.name);
        expect(config["name"]).toBe(environment.slice(0, 100).trim());
        expect(Object.keys(config["applications"] as object)).toEqual([application]);
        expect(Object.entries(config["keys"] as object)).toEqual([[key, { expiresAt: "2027-01-01T00:00:00.000Z" }]]);
        expect(Object.keys(config["flags"] as object)).toEqual([flag]);
        const shared = valuesOf(files["shared/Pulumi.shared.yaml"]!, `${about.name}-shared`);
        expect(shared["project"]).toBe(project);
        expect(shared["flags"]).toEqual({ [flag]: { name: tag, tags: [tag] } });
      },
    ),
    { numRuns: runs, seed },
  );
});

test(`adopt: two names never become one project name (${runs} runs, seed ${seed})`, () => {
  fc.assert(
    fc.property(trimmed, trimmed, (a, b) => {
      fc.pre(a !== b);
      const [one, other] = [slugged(a, "product", [b]), slugged(b, "product", [a])];
      expect(one).not.toBe(other);
      for (const slug of [one, other]) expect(slug).toMatch(/^(?!pulumi$|golive$)[a-z0-9][a-z0-9-]{0,99}$/);
    }),
    { numRuns: runs, seed },
  );
});

describe("on the engine", () => {
  const backend = new Backend();
  afterAll(() => backend.dispose());

  test("a first deploy of oddly named objects writes nothing, and the next one neither", async () => {
    const rehearsal = await createRehearsal({ port: 0, billing: true });
    const recorder = await recorderOf(rehearsal.url);
    onTestFinished(async () => {
      await recorder.close();
      await rehearsal.close();
    });
    const env = rehearsalEnv({ url: recorder.url, token: rehearsal.token });
    const resolved = resolveConfig(() => undefined, env);
    if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
    const platform = platformOf(resolved.config);
    const make = async <K extends Kind>(kind: K, inputs: Inputs<K>) => (await platform.stores[kind]!.create(inputs)).id;
    const project = await make("Project", { name: "Acme: 日本 Shop" } as Inputs<"Project">);
    const environments = await platform.stores.Environment!.list!({ project });
    const environment = environments.find(({ state }) => state.type === "staging")!.id;
    for (const one of odd)
      await make("Application", { environment, name: one, kind: "web", isDefault: false } as Inputs<"Application">);
    await make("Application", { environment, name: " web ", kind: "web" } as Inputs<"Application">);
    for (const one of ["2026-01-15", "a: b", "ключ"])
      await make("ApiKey", {
        environment,
        name: one,
        kind: "secret",
        expiresAt: "2037-01-01T00:00:00Z",
        version: 1,
      } as Inputs<"ApiKey">);
    for (const slug of ["2026-01-15", "0644", "1_000", "true"])
      await make("FeatureFlag", {
        project,
        slug,
        name: `Flag: ${slug}`,
        tags: ["2026-01-15", "0644", "a: b", "on"],
      } as unknown as Inputs<"FeatureFlag">);

    const at = folderOf({});
    const ran = await golive(["adopt", "--environment", environment, "--out", "in fra", "--json"], {
      cwd: at.folder,
      env,
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toBe(
      `note: left out: application " web ": name has blanks at its ends, which config cannot declare\n`,
    );
    const nameIn = (file: string) => {
      const { name: own } = parseYaml(readFileSync(path.join(at.folder, "in fra", file), "utf8")).toJSON() as {
        name: string;
      };
      return own;
    };
    const stacks = [];
    for (const [folder, file, stack] of [
      ["in fra/shared", "shared/Pulumi.yaml", "shared"],
      ["in fra", "Pulumi.yaml", "staging"],
    ] as const)
      stacks.push(
        await createStack({
          backend,
          env,
          name: stack,
          project: nameIn(file),
          program: { folder: path.join(at.folder, folder) },
        }),
      );
    recorder.writes();
    for (const stack of stacks) await stack.up();
    expect(recorder.writes()).toEqual([]);
    for (const stack of stacks) {
      const { summary } = await stack.preview({ args: ["--refresh"] });
      expect(summary).toMatchObject({ create: 0, update: 0, delete: 0, replace: 0 });
    }
  }, 240_000);
});
