// What a stage says against an environment, before it registers any of it. No engine: data in, sentences out.
import { defaultModule } from "@golive/provider/platforms/index";
import { createRequire } from "node:module";
import { output } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type * as validation from "../../sdk/stage/validate";

const { faults, meant } = createRequire(import.meta.url)("../../sdk/dist/stage/validate.js") as typeof validation;

const whole = { name: "Production", type: "production", shared: "organization/shop/shared" };
const web = { redirectUris: [{ uri: "https://example.com/callback" }] };
const hook = { url: "https://hooks.example.com/", events: ["user.created"] };

describe("a stage says", () => {
  test.each<[what: string, declared: object, expected: readonly string[]]>([
    [
      "nothing of one that is whole",
      { ...whole, applications: { web }, webhooks: { hook }, keys: { backend: null } },
      [],
    ],
    [
      "what is missing",
      {},
      ["name is missing: add it", "type is missing: add it", "shared is missing: name the stack"],
    ],
    [
      "that a section is no list",
      { ...whole, applications: [web] },
      ["applications is a list: write its entries by name"],
    ],
    ["that an entry is no word", { ...whole, keys: { backend: "on" } }, ["keys.backend is a string: write its fields"]],
    [
      "what it fills in itself",
      { ...whole, applications: { web: { ...web, name: "web", environment: "environment_1" } } },
      ["applications.web.environment is filled in by the stage", "applications.web.name is filled in by the stage"],
    ],
    [
      "the path of an entry whose name has dots",
      { ...whole, webhooks: { "hooks.example.com": { ...hook, url: "http://hooks.example.com/" } } },
      ['webhooks["hooks.example.com"].url is http'],
    ],
    [
      "which two have the same URL",
      { ...whole, webhooks: { one: hook, two: hook } },
      ["webhooks.two.url is that of webhooks.one too"],
    ],
    [
      "which two want to be the default",
      { ...whole, applications: { a: { ...web, isDefault: true }, b: { ...web, isDefault: true } } },
      ["applications.b.isDefault is that of applications.a too"],
    ],
    [
      "nothing of what is left empty",
      { ...whole, applications: { a: { ...web, isDefault: null, name: null }, b: { ...web, isDefault: null } } },
      [],
    ],
    [
      "that rules need flags",
      { ...whole, shared: undefined, project: "p", flags: { beta: {} } },
      ["flags needs the flags' ids"],
    ],
    [
      "which flag nobody defines",
      { ...whole, flags: { beta: {} }, flagIds: { alpha: "flag_1" } },
      ["flags.beta is no flag"],
    ],
    ["nothing of what only the engine knows", { ...whole, applications: { web: { redirectUris: output([]) } } }, []],
    [
      "nothing of http in staging",
      { ...whole, type: "staging", webhooks: { hook: { ...hook, url: "http://localhost/" } } },
      [],
    ],
    // which rules hold is open then
    [
      "only that its type is none",
      { ...whole, type: "prod", webhooks: { hook: { ...hook, url: "http://a.test/" } } },
      ["type "],
    ],
  ])("%s", (_, declared, expected) => {
    const said = faults(declared as Parameters<typeof faults>[0], defaultModule).map(
      ({ path, reason }) => `${path} ${reason}`,
    );
    expect(said).toHaveLength(expected.length);
    expected.forEach((begin, i) => expect(said[i]).toContain(begin));
  });

  test("a section that the platform has not, and its own rules", () => {
    const platform = {
      ...defaultModule,
      title: "Flagship",
      sections: ["flags", "webhooks"] as const,
      rules: { WebhookEndpoint: () => [{ property: "url", reason: "is not theirs" }] },
    };
    const declared = { ...whole, applications: { web }, webhooks: { hook } };
    expect(faults(declared as Parameters<typeof faults>[0], platform)).toEqual([
      { path: "applications", reason: "is nothing that an environment of Flagship has: remove it" },
      { path: "webhooks.hook.url", reason: "is not theirs" },
    ]);
  });

  test.each([
    ["aplications", "applications"],
    ["applications", undefined],
    ["region", undefined],
  ])("what %s was meant to be", (key, expected) => expect(meant(key, ["applications", "flags"])).toBe(expected));
});
