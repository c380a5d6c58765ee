// Laws of cloning, over many configs: what people wrote stays, and a second run has nothing to do.
import { defaultModule } from "@golive/provider/platforms/index";
import { planClone } from "@golive/cli/dist/clone/plan.js";
import { parseStackConfig, flattened } from "@golive/cli/dist/project/stack-config.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";

const name = fc.constantFrom("a", "b-c", "d", "e_f", "users");
const host = fc.constantFrom(
  "staging.example.com",
  "hooks.staging.example.com",
  "localhost:3000",
  "127.0.0.1",
  "other.test",
);
const scheme = fc.constantFrom("http", "https");
const url = fc.tuple(scheme, host, fc.constantFrom("", "/x", "/y?z=1")).map(([s, h, rest]) => `${s}://${h}${rest}`);
const uri = fc.oneof(url, fc.constant("com.example.shop://callback"));
const some = <T>(values: Record<string, fc.Arbitrary<T>>) => fc.record(values, { requiredKeys: [] });
const entries = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { maxKeys: 4 });
const secret = fc.constant({ secure: "v1:hidden" });

const values = some<unknown>({
  "shop:name": fc.constantFrom("Staging", "Live"),
  "shop:type": fc.constantFrom("staging", "production"),
  "shop:applications": entries(
    some<unknown>({
      kind: fc.constantFrom("web", "native"),
      redirectUris: fc.uniqueArray(
        uri.map((one) => ({ uri: one })),
        { minLength: 1, maxLength: 3, selector: (one) => one.uri },
      ),
      logoutUris: fc.uniqueArray(url, { maxLength: 2 }),
      homepageUrl: fc.oneof(url, secret),
    }),
  ),
  "shop:flags": entries(
    some<unknown>({
      enabled: fc.boolean(),
      access: fc.constantFrom("none", "some", "all"),
      organizations: fc.constant(["org_test_idp", "org_1"]),
    }),
  ),
  "shop:webhooks": entries(
    some<unknown>({
      url,
      events: fc.uniqueArray(fc.constantFrom("user.created", "user.deleted", "role.created"), { minLength: 1 }),
    }),
  ),
  "shop:keys": entries(some<unknown>({ version: fc.integer({ min: 1, max: 3 }), overlap: fc.constant(60) })),
  "golive:token": secret,
  "aws:region": fc.constant("eu-west-1"),
});
/** Comments on lines of their own: behind each line that `random` picks, as deep as it or less. */
const commented = (text: string, random: readonly number[]): string =>
  text
    .split("\n")
    .flatMap((line, i) => {
      const indentation = /^ */.exec(line)![0];
      const at = random[i % random.length]!;
      return at === 0 || indentation === "" ? [line] : [line, `${indentation.slice(at)}# ours`];
    })
    .join("\n");
/** A file as people write it: its keys in any order, in lines or in braces, with comments, on any system. */
const file = fc
  .tuple(
    values.chain((config) => fc.shuffledSubarray(Object.entries(config), { minLength: Object.keys(config).length })),
    fc.boolean(),
    fc.constantFrom("none", "beside", "below"),
    fc.array(fc.constantFrom(0, 0, 0, 0.1, 2, 4), { minLength: 5, maxLength: 5 }),
    fc.constantFrom("\n", "\n", "\n", "\r\n"),
  )
  .map(([config, flow, comments, random, ending]) => {
    const inFlow = (value: unknown) => stringify(value, { collectionStyle: "flow", lineWidth: 0 });
    let text = flow
      ? `config:\n${config.map(([key, value]) => `  ${key}: ${inFlow(value)}`).join("")}`
      : stringify({ config: Object.fromEntries(config) }, { lineWidth: 0 });
    if (comments === "beside" && !flow) text = text.replace(/^( {6}\w.*)$/gm, "$1 # ours");
    if (comments === "below") text = commented(text, random);
    return text.replaceAll("\n", ending);
  });
const stack = (stackName: string, text: string) => ({
  stack: stackName,
  file: `Pulumi.${stackName}.yaml`,
  exists: text !== "",
  ...parseStackConfig(text, stackName),
});
const clone = (staging: string, production: string, mappings: readonly (readonly [string, string])[]) =>
  planClone({
    project: "shop",
    staging: flattened(stack("staging", staging)),
    production: stack("production", production),
    mappings,
    answers: new Map(),
    platform: defaultModule,
  });
const mapped = [["staging.example.com", "example.com"]] as const;
const target = fc.oneof(fc.constant(""), fc.constant("config: {}\n"), file);

test("a second run writes nothing, and a third agrees", () => {
  fc.assert(
    fc.property(file, target, fc.constantFrom(mapped, []), (staging, production, mappings) => {
      const once = clone(staging, production, mappings);
      const twice = clone(staging, once.text, mappings);
      expect(twice.writes ? twice.text : once.text).toBe(once.text);
      expect(twice.writes).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** Whether every value of one is in the other; a list may have grown. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((item, i) => holds(whole[i], item));
  if (typeof part !== "object") return Object.is(whole, part);
  if (part === null || Object.keys(part).length === 0) return true; // nothing was said
  if (typeof whole !== "object" || whole === null) return false;
  return Object.entries(part).every(([key, value]) => holds((whole as Record<string, unknown>)[key], value));
}

/** Production after a clone: its values, its comments and the ends of its lines are those of before. */
function expectKept(after: string, before: string): void {
  const valuesOf = (text: string): unknown => parseStackConfig(text, "x").document.toJSON();
  expect(holds(valuesOf(after), valuesOf(before))).toBe(true);
  const ours = (whole: string) => whole.split("# ours").length;
  expect(ours(after)).toBeGreaterThanOrEqual(ours(before));
  if (before.includes("\r\n")) expect(after).not.toMatch(/[^\r]\n/);
}

test("production keeps every value and every comment", () => {
  fc.assert(
    fc.property(file, file, (staging, production) => {
      expectKept(clone(staging, production, mapped).text, production);
    }),
    { numRuns: 300 },
  );
});

test("and again, when staging has grown: with golive's own comments in it", () => {
  fc.assert(
    fc.property(file, file, file, target, (first, second, third, production) => {
      let text = production;
      for (const staging of [first, second, third]) {
        const { text: next } = clone(staging, text, mapped);
        expectKept(next, text);
        text = next;
      }
    }),
    { numRuns: 300 },
  );
});

test("nothing of staging alone crosses: no secret, no mapped host, no http but to this computer, no test provider", () => {
  fc.assert(
    fc.property(file, (staging) => {
      const { text } = clone(staging, "", mapped);
      const told = JSON.stringify(parseStackConfig(text, "x").document.toJSON() ?? {});
      expect(text).not.toContain("v1:hidden");
      expect(told).not.toMatch(/staging\.example\.com|localhost:3000"|org_test_idp|http:\/\/(?!127\.0\.0\.1)/);
    }),
    { numRuns: 300 },
  );
});

test("an answer that comes later is taken: nothing waits for a host that is known", () => {
  const every = [...mapped, ["other.test", "other.example.com"]] as const;
  fc.assert(
    fc.property(file, (staging) => {
      const { text: open } = clone(staging, "", []);
      const { text } = clone(staging, open, every);
      expect(text.split("\n").filter((line) => line.includes("# ask: ") && !line.includes("organizations"))).toEqual(
        [],
      );
      expectKept(text, open);
      expect(clone(staging, text, every).writes).toBe(false);
    }),
    { numRuns: 300 },
  );
});
