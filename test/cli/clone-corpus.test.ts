// `golive clone` over generated stack files, against the engine's own reading of what was written.
import { type ClonePlan, planClone } from "@golive/cli/dist/clone/plan.js";
import { parseStackConfig } from "@golive/cli/dist/project/stack-config.js";
import { defaultModule } from "@golive/provider/platforms/index";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EngineConfig, meaning } from "./engine-config";
import { textOf, treeOf } from "./yaml-files";

const seed = Number(process.env["GOLIVE_YAML_SEED"] ?? 20_261_128);
const count = Number(process.env["GOLIVE_CLONE_FILES"] ?? 300);
const perRun = 50;

const engine = new EngineConfig();
beforeAll(() => engine.open());
afterAll(() => engine.backend.dispose());

const maps = [["staging.example.com", "example.com"]] as const;
const slug = fc.constantFrom("beta", '"2026-01-15"', "0644", "'1_000'", "true", '"null"', "new-thing");
const value = fc.constantFrom(
  "{ enabled: true }",
  "{ enabled: false, access: none }",
  "{}",
  "{ <<: *rule }",
  "*rule",
  "{ access: all, <<: *rule }",
);
/** Production takes https alone. */
const host = (name: string) =>
  name === "example.com"
    ? fc.constantFrom(`https://${name}`, `https://hooks.${name}`, `https://${name}:8443`)
    : fc.constantFrom(
        `https://${name}`,
        `http://${name}`,
        `http://${name}:80`,
        `https://hooks.${name}`,
        `https://${name}:8443`,
      );
const urls = (name: string) =>
  fc.tuple(host(name), fc.constantFrom("/a", "/b", "/c?x=1", "")).map((parts) => parts.join(""));
const list = (name: string) =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 4, arbitrary: urls(name) },
      fc.constantFrom(...(name === "example.com" ? [] : ["http://localhost:3000/cb"]), "com.shop:/cb"),
    ),
    {
      maxLength: 3,
    },
  );
const application = (name: string) =>
  fc.oneof(
    fc.constant("*app"),
    fc
      .record({
        merge: fc.boolean(),
        kind: fc.constantFrom("", "kind: web", "kind: spa"),
        redirects: list(name),
        outs: list(name),
      })
      .map(({ merge, kind, redirects, outs }) => {
        const parts = [
          merge ? "<<: *app" : "",
          kind,
          redirects.length > 0 ? `redirectUris: [${redirects.map((uri) => `{ uri: "${uri}" }`).join(", ")}]` : "",
          outs.length > 0 ? `logoutUris: [${outs.map((uri) => `"${uri}"`).join(", ")}]` : "",
        ];
        return `{ ${parts.filter(Boolean).join(", ")} }`;
      }),
  );
const entries = (names: readonly string[], one: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), one), { maxLength: 3, selector: ([name]) => name })
    .map((all) => all.map(([name, text]) => `    ${name}: ${text}\n`).join(""));
const flags = fc
  .uniqueArray(fc.tuple(slug, value), { maxLength: 4, selector: ([name]) => name })
  .map((all) => all.map(([name, text]) => `    ${name}: ${text}\n`).join(""));
const nothing = fc.constantFrom("", " ~", " {}", ' ""');

/** A section in lines, without a value, or as the text of JSON that `pulumi config set` writes. */
const section = (name: string, lines: fc.Arbitrary<string>, json: string) =>
  fc.oneof(
    { weight: 6, arbitrary: lines.map((text) => `  shop:${name}:${text === "" ? " {}\n" : `\n${text}`}`) },
    nothing.map((text) => `  shop:${name}:${text}\n`),
    fc.constant(`  shop:${name}: '${json}'\n`),
    fc.constant(`  # shop:${name}: not yet\n`),
    fc.constant(""),
  );
const file = (name: string, secret: string, isStaging: boolean) =>
  fc
    .tuple(
      section(
        "applications",
        entries(["web", "mobile", "0x1F"], application(name)),
        `{"json": {"homepageUrl": "https://${name}/json"}}`,
      ),
      section("flags", flags, '{"json": {"enabled": true}}'),
      section(
        "webhooks",
        entries(
          ["users", "roles"],
          urls(name).map((url) => `{ <<: *hook, url: "${url}" }`),
        ),
        `{"json": {"url": "https://${name}/j", "events": ["user.created"]}}`,
      ),
      // the program's own: copied as it is
      fc.array(treeOf("", ["rule", "hook"]), { maxLength: isStaging ? 3 : 0 }),
      fc.boolean(),
    )
    .map(([applications, rules, webhooks, own, hasSecret]) => {
      const extra = own.map((tree, i) => `  shop:own${i}:${textOf(tree, 4)}\n`).join("");
      const token = hasSecret ? `  golive:token:\n    secure: ${secret}\n` : "";
      return `x-app: &app { homepageUrl: "https://${name}/home", kind: web }
x-rule: &rule { enabled: true, access: all }
x-hook: &hook { events: [user.created] }
config:
  shop:name: ${isStaging ? "Staging" : "Live"}
${token}${applications}${rules}${webhooks}${extra}`;
    });

const stackOf = (stack: string, text: string) => {
  const name = `Pulumi.${stack}.yaml`;
  return { stack, file: name, exists: text !== "", ...parseStackConfig(text, name) };
};
const clone = (staging: string, production: string): ClonePlan =>
  planClone({
    project: "shop",
    staging: stackOf("staging", staging),
    production: stackOf("production", production),
    mappings: maps,
    answers: new Map(),
    platform: defaultModule,
  });

type Bag = Record<string, unknown>;
/** The engine's reading of many files at once: each as the value of a key. */
async function readAll(texts: readonly string[]): Promise<(Bag | undefined)[]> {
  const nested = texts.map(
    (text, i) => `  shop:f${i}:${text.trim() === "" ? " {}" : `\n${text.replaceAll(/^(?=.)/gm, "    ")}`}\n`,
  );
  const said = await engine.read(`config:\n${nested.join("")}`);
  if (said) return texts.map((_, i) => ((meaning(said[`shop:f${i}`]!) as Bag)["config"] ?? {}) as Bag);
  // one of them holds a key twice for the engine: the halves tell which
  if (texts.length === 1) return [undefined];
  const half = Math.ceil(texts.length / 2);
  return [...(await readAll(texts.slice(0, half))), ...(await readAll(texts.slice(half)))];
}

const isNothing = (one: unknown): boolean =>
  one === undefined || one === null || one === "" || (typeof one === "object" && Object.keys(one).length === 0);
/** A section also where it stands as a text. */
const opened = (one: unknown): unknown => (typeof one === "string" && one.startsWith("{") ? JSON.parse(one) : one);
/** Whether everything of one is in the other; a list may have grown. */
function holds(whole: unknown, part: unknown): boolean {
  if (isNothing(part)) return true;
  const [all, some] = [opened(whole), opened(part)];
  if (Array.isArray(some)) return Array.isArray(all) && some.every((item, i) => holds(all[i], item));
  if (typeof some !== "object") return all === some;
  return Object.entries(some as Bag).every(([key, inner]) => holds((all as Bag | undefined)?.[key], inner));
}

test(`the engine reads in production what it read there and in staging, over ${count} clones (seed ${seed})`, async () => {
  const pairs = fc.sample(
    fc.tuple(
      file("staging.example.com", engine.secret, true),
      fc.oneof(
        { weight: 2, arbitrary: fc.constant("") },
        fc.constantFrom("config:\n", "config: ~\n", "config: {}\n", "config:\n  # shop:flags: not yet\n"),
        { weight: 4, arbitrary: file("example.com", engine.secret, false) },
      ),
    ),
    { numRuns: count, seed },
  );
  const plans = pairs.map(([staging, production]) => clone(staging, production));
  let [compared, copied] = [0, 0];
  for (let at = 0; at < count; at += perRun) {
    const some = pairs.slice(at, at + perRun);
    const results = plans.slice(at, at + perRun).map(({ text }) => text);
    const [stagings, befores, afters] = [
      await readAll(some.map(([staging]) => staging)),
      await readAll(some.map(([, production]) => production)),
      await readAll(results),
    ];
    some.forEach(([staging, production], i) => {
      const [from, before, after] = [stagings[i], befores[i], afters[i]];
      if (!from || !before) return; // the engine takes neither
      const about = `${staging}\n---\n${production}\n---\n${results[i]}`;
      compared++;
      // nothing of production is lost
      expect(holds(after, before), about).toBe(true);
      // what is the program's own means the same in both
      for (const [key, one] of Object.entries(from).filter(([name]) => name.startsWith("shop:own"))) {
        expect(after?.[key], about).toEqual(one);
        copied++;
      }
      // a rule that production lacked is staging's
      const [rulesBefore, rulesAfter, rules] = [before, after, from].map(
        (bag) => opened(bag?.["shop:flags"]) as Bag | undefined,
      );
      if (rules && typeof rules === "object" && !/# shop:flags/.test(production))
        for (const [flag, rule] of Object.entries(rules))
          if (isNothing(rulesBefore?.[flag])) expect(holds(rulesAfter?.[flag], rule), about).toBe(true);
      // nothing of staging alone, in any form
      const told = JSON.stringify({
        ...after,
        ...Object.fromEntries(
          Object.keys(after ?? {})
            .filter((key) => key.startsWith("shop:own"))
            .map((key) => [key, 0]),
        ),
      });
      expect(told, about).not.toMatch(/staging\.example\.com|localhost|http:\/\/|example\.com:80[/"]/);
      expect(results[i]!.includes(engine.secret), about).toBe(production.includes(engine.secret));
      // and a second clone has nothing to do
      expect(clone(staging, results[i]!).writes, about).toBe(false);
    });
  }
  console.log(
    `${compared} of ${count} clones compared with the engine's reading, ${copied} values of the program's own among them`,
  );
  expect(compared).toBeGreaterThan(count * 0.8);
}, 600_000);
