// Parity and `clone --check` say the same of two stacks, since one function pairs their values and says what is by design.
import { planClone } from "@golive/cli/dist/clone/plan.js";
import { viewOfConfig } from "@golive/cli/dist/environment/from-config.js";
import { compare } from "@golive/cli/dist/parity/compare.js";
import { parseStackConfig } from "@golive/cli/dist/project/stack-config.js";
import { defaultModule } from "@golive/provider/platforms/index";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { config, shop } from "./shop";

const seed = Number(process.env["GOLIVE_YAML_SEED"] ?? 20_261_128);
const runs = Number(process.env["GOLIVE_YAML_RUNS"] ?? 300);

const stackOf = (stack: string, text: string) => ({
  stack,
  file: `Pulumi.${stack}.yaml`,
  exists: true,
  ...parseStackConfig(text, `Pulumi.${stack}.yaml`),
});
type Mappings = readonly (readonly [string, string])[];
function both(staging: string, production: string, mappings: Mappings) {
  const [from, to] = [stackOf("staging", staging), stackOf("production", production)];
  const plan = planClone({
    project: "shop",
    staging: from,
    production: to,
    mappings,
    answers: new Map(),
    platform: defaultModule,
  });
  const differences = compare(viewOfConfig("shop", from), viewOfConfig("shop", to), defaultModule, mappings);
  return { plan, accidents: differences.filter(({ verdict }) => verdict === "accident") };
}

const hosts = ["staging.example.com", "a.staging.example.com", "other.test", "example.com", "evil.test"];
const url = (names: readonly string[]) =>
  fc
    .tuple(fc.constantFrom("https", "http"), fc.constantFrom(...names), fc.constantFrom("", "/", "/cb", "/bye"))
    .map(([scheme, name, rest]) => `${scheme}://${name}${rest}`);
const urls = (names: readonly string[]) => fc.uniqueArray(url(names), { maxLength: 4 });
const comment = fc.constantFrom("", "", "", " # differs: for now");
const section = (names: readonly string[]) =>
  fc
    .record({
      redirects: urls(names),
      outs: urls(names),
      origins: urls(names),
      home: fc.option(url(names)),
      enabled: fc.option(fc.boolean()),
      hook: url(names),
      hookName: fc.constantFrom("one", "two"),
      events: fc.uniqueArray(fc.constantFrom("a.a", "b.b"), { minLength: 1 }),
      comments: fc.tuple(comment, comment),
      people: fc.boolean(),
      hasFlag: fc.constantFrom("yes", "yes", "no", "commented"),
    })
    .map((one) =>
      config(
        "shop:applications:",
        "  web:",
        "    kind: web",
        `    redirectUris: [${one.redirects.map((uri) => `{ uri: ${uri} }`).join(", ")}]`,
        `    logoutUris: [${one.outs.join(", ")}]${one.comments[0]}`,
        `    corsOrigins: [${one.origins.join(", ")}]`,
        ...(one.home === null ? [] : [`    homepageUrl: ${one.home}`]),
        "shop:flags:",
        ...(one.hasFlag === "commented"
          ? ["  # beta: not yet", "  alpha: {}"]
          : one.hasFlag === "no"
            ? ["  alpha: {}"]
            : [
                `  beta:${one.comments[1]}`,
                "    access: none",
                ...(one.enabled === null ? [] : [`    enabled: ${one.enabled}`]),
                ...(one.people ? ["    ownedBy: { enabled: people }"] : []),
              ]),
        "shop:webhooks:",
        `  ${one.hookName}: { url: ${one.hook}, events: [${one.events.join(", ")}] }`,
      ),
    );
const mappings = fc.constantFrom<Mappings>(
  [],
  [["staging.example.com", "example.com"]],
  [
    ["staging.example.com", "example.com"],
    ["other.test", "example.org"],
  ],
);

test(`where clone finds production behind, parity finds an accident (${runs} runs, seed ${seed})`, () => {
  let behind = 0;
  fc.assert(
    fc.property(section(hosts.slice(0, 3)), section(hosts), mappings, (staging, production, known) => {
      const { plan, accidents } = both(staging, production, known);
      if (plan.behind) behind++;
      if (plan.behind) expect(accidents, plan.text).not.toEqual([]);
    }),
    { numRuns: runs, seed },
  );
  expect(behind).toBeGreaterThan(runs / 4);
});

test(`after a clone of everything nothing differs by accident (${runs} runs, seed ${seed})`, () => {
  const every: Mappings = [
    ["staging.example.com", "example.com"],
    ["other.test", "example.org"],
  ];
  fc.assert(
    fc.property(section(hosts.slice(0, 3)), (staging) => {
      const { text } = both(staging, "", every).plan;
      const { plan, accidents } = both(staging, text, every);
      expect({ behind: plan.behind, accidents }).toEqual({ behind: false, accidents: [] });
    }),
    { numRuns: runs, seed },
  );
});

describe("several hosts do not become one", () => {
  const app = (line: string) => config("shop:applications:", "  w:", `    ${line}`);
  test.each<[what: string, staging: string, production: string, clone: number, parity: number]>([
    [
      "a redirect URI that production lacks",
      "redirectUris: [{ uri: https://a.test/cb }, { uri: https://b.test/cb }]",
      "redirectUris: [{ uri: https://x.test/cb }]",
      0,
      3,
    ],
    ["one that is mapped", "logoutUris: [https://a.test/o, https://b.test/o]", "logoutUris: [https://x.test/o]", 3, 3],
    [
      "a host that staging has nothing like",
      "corsOrigins: [https://a.test]",
      "corsOrigins: [https://x.test, https://evil.test]",
      0,
      3,
    ],
    ["as many, each with its twin", "logoutUris: [https://a.test/o]", "logoutUris: [https://x.test/o]", 0, 0],
  ])("%s", async (_, staging, production, clone, parity) => {
    const at = shop(app(staging), app(production));
    const args = ["--map", "a.test=x.test", ...(clone === 3 ? ["--map", "b.test=y.test"] : []), "--check"];
    expect((await at.golive("clone", "staging", "production", ...args)).code).toBe(clone);
    expect((await at.golive("parity", "staging", "production", ...args)).code).toBe(parity);
  });
});
