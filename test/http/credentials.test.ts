// What a credential may hold, where it may go, and the login of the official command line as the last resort.
import { resolveConfig } from "@golive/provider/config";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

type Bag = Record<string, string>;
const configOf = (bag: Bag, env: Bag = {}) => {
  const resolved = resolveConfig((name) => bag[name], env);
  if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
  return resolved.config;
};
const problemsOf = (bag: Bag, env: Bag = {}) => {
  const resolved = resolveConfig((name) => bag[name], env);
  return "problems" in resolved ? resolved.problems : [];
};

it("takes a credential without the line break that a file ends with", () => {
  expect(configOf({}, { GOLIVE_TOKEN: " token1\r\n" }).credentials["token"]?.secret.reveal()).toBe("token1");
});

it.each<[bag: Bag, property: string, reason: RegExp]>([
  [{ token: "hid den" }, "token", /holds a space, a line break.*stack config `golive:token`/],
  [{ apiKey: "sk_hid\nden" }, "apiKey", /holds a space, a line break/],
  [{ clientSecret: "hidden–" }, "clientSecret", /character that no credential has/],
  [{ token: " " }, "token", /holds a space/],
  [{ endpoint: "https://me:hidden@api.workos.com" }, "endpoint", /holds a user name or password/],
  [{ endpoint: "https://api.workos.com/?key=hidden" }, "endpoint", /holds a query/],
  [{ endpoint: "https://api.workos.com/#hidden" }, "endpoint", /or a fragment/],
])("refuses %j, and does not quote it", (bag, property, reason) => {
  const problems = problemsOf(bag);
  expect(problems).toEqual([{ property: `provider.${property}`, reason: expect.stringMatching(reason) }]);
  expect(JSON.stringify(problems)).not.toMatch(/hid/);
});

it.each([
  ["HTTPS_PROXY", "10.0.0.1:3128"],
  ["http_proxy", "proxy.example.com:3128"],
  ["HTTP_PROXY", "me:hidden@"],
])("refuses a proxy variable that would stop the plugin: %s=%s", (name, value) => {
  const [problem] = problemsOf({}, { [name]: value });
  expect(problem?.reason).toMatch(new RegExp(`${name} is no URL of a proxy`));
  expect(problem?.reason).not.toContain("hidden");
});

describe("the login of the official command line", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "golive-login-"));
    mkdirSync(join(home, ".workos"));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const write = (content: string) => writeFileSync(join(home, ".workos", "credentials.json"), content);
  const login = { accessToken: "login1", expiresAt: Date.parse("2999-01-01"), refreshToken: "r", userId: "user_1" };

  it("is the token where nothing else is given, and says so", () => {
    write(JSON.stringify(login));
    const { token } = configOf({}, { HOME: home }).credentials;
    expect(token?.secret.reveal()).toBe("login1");
    expect(token?.origin).toMatch(/WorkOS CLI.*~\/\.workos/);
  });
  it.each<[what: string, bag: Bag]>([
    ["a token is given", { token: "mine1" }],
    ["a key is given: the API must not depend on the computer", { apiKey: "sk_mine1" }],
    ["the endpoint is somebody else's", { endpoint: "https://api.example.com" }],
    ["the platform is the rehearsal", { platform: "rehearsal", endpoint: "http://127.0.0.1:1" }],
  ])("is left alone where %s", (_, bag) => {
    write(JSON.stringify(login));
    expect(configOf(bag, { HOME: home }).credentials["token"]?.secret.reveal()).toBe(bag["token"]);
  });
  it.each(["", "{", "null", "[]", "{}", `{"accessToken":7,"expiresAt":9e15}`, `{"accessToken":"a","expiresAt":1}`])(
    "is none with `%s` in the file",
    (content) => {
      write(content);
      expect(configOf({}, { HOME: home }).credentials).toEqual({});
    },
  );
  it("is none without the file, and without a home", () => {
    expect([configOf({}, { HOME: home }).credentials, configOf({}).credentials]).toEqual([{}, {}]);
  });
});

describe("variables of the platform's own tools", () => {
  const WORKOS_API_KEY = "sk_theirs1";
  const keyOf = (bag: Bag, env: Bag) => {
    const { apiKey } = configOf(bag, env).credentials;
    return [apiKey?.secret.reveal(), apiKey?.origin];
  };
  it.each<[what: string, bag: Bag, env: Bag, key: string | undefined, origin: string | undefined]>([
    ["are read where golive's are not set", {}, {}, "sk_theirs1", "WORKOS_API_KEY"],
    ["come after golive's", {}, { GOLIVE_API_KEY: "sk_mine1" }, "sk_mine1", "GOLIVE_API_KEY"],
    ["come after stack config", { apiKey: "sk_mine1" }, {}, "sk_mine1", "stack config `golive:apiKey`"],
    ["go to nobody else's endpoint", { endpoint: "https://api.example.com" }, {}, undefined, undefined],
    ["go to no rehearsal", {}, { GOLIVE_REHEARSAL: "http://127.0.0.1:1" }, undefined, undefined],
    ["that hold no credential are none", {}, { WORKOS_API_KEY: "two words" }, undefined, undefined],
  ])("%s", (_, bag, env, key, origin) => {
    expect(keyOf(bag, { WORKOS_API_KEY, ...env })).toEqual([key, origin]);
  });
});
