// Which settings win, what is said of wrong ones, and that nothing of a credential prints.
import { resolveConfig } from "@golive/provider/config";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";

type Given = Record<string, string>;
const resolve = (given: Given, env: Given = {}) => resolveConfig((name) => given[name], env);
const configOf = (given: Given, env?: Given) => {
  const resolved = resolve(given, env);
  if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
  return resolved.config;
};

describe("which setting wins", () => {
  it.each<{ what: string; given: Given; env: Given; value: string; origin: string }>([
    {
      what: "an explicit provider's argument, over the environment",
      given: { explicit: "true", apiKey: "sk_argument" },
      env: { GOLIVE_API_KEY: "sk_variable" },
      value: "sk_argument",
      origin: "the provider's argument `apiKey`",
    },
    {
      what: "the environment, when the argument is missing",
      given: { explicit: "true" },
      env: { GOLIVE_API_KEY: "sk_variable" },
      value: "sk_variable",
      origin: "GOLIVE_API_KEY",
    },
    {
      what: "the environment, over stack config",
      given: { apiKey: "sk_stack" },
      env: { GOLIVE_API_KEY: "sk_variable" },
      value: "sk_variable",
      origin: "GOLIVE_API_KEY",
    },
    {
      what: "stack config, when the variable is empty",
      given: { apiKey: "sk_stack" },
      env: { GOLIVE_API_KEY: "" },
      value: "sk_stack",
      origin: "stack config `golive:apiKey`",
    },
  ])("$what", ({ given, env, value, origin }) => {
    const { apiKey } = configOf(given, env).credentials;
    expect([apiKey?.secret.reveal(), apiKey?.origin]).toEqual([value, origin]);
  });

  it("the defaults, when nothing is given", () => {
    expect(configOf({})).toEqual({
      platform: "workos",
      endpoint: "https://api.workos.com",
      rehearsal: false,
      credentials: {},
      retries: 3,
      timeout: 30,
    });
  });
});

describe("offline", () => {
  it.each<{ given: Given; env: Given; offline: string | undefined }>([
    { given: {}, env: { GOLIVE_OFFLINE: "true" }, offline: "GOLIVE_OFFLINE" },
    { given: { offline: "true" }, env: {}, offline: "stack config `golive:offline`" },
    { given: { offline: "true", explicit: "true" }, env: {}, offline: "the provider's argument `offline`" },
    { given: { offline: "true" }, env: { GOLIVE_OFFLINE: "false" }, offline: undefined },
    { given: {}, env: {}, offline: undefined },
  ])("$given $env", ({ given, env, offline }) => {
    const there = { GOLIVE_API_KEY: "sk_test_1", GOLIVE_REHEARSAL: "http://127.0.0.1:1" };
    const config = configOf(given, { ...there, ...env });
    expect(config.offline).toBe(offline);
    // and of what is there nothing is taken
    expect(Object.keys(config.credentials)).toEqual(offline === undefined ? ["apiKey"] : []);
  });

  it("needs no address, no way there and no sound credential; its other settings are checked", () => {
    const bad = {
      GOLIVE_ENDPOINT: "ftp://x",
      HTTPS_PROXY: "socks://x",
      GOLIVE_TOKEN: "a b",
      GOLIVE_PLATFORM: "rehearsal",
    };
    expect(configOf({}, { ...bad, GOLIVE_OFFLINE: "true" })).toMatchObject({ credentials: {}, rehearsal: true });
    expect(resolve({}, { GOLIVE_OFFLINE: "true", GOLIVE_TIMEOUT: "never" })).toHaveProperty("problems");
    expect(resolve({}, { GOLIVE_OFFLINE: "1" })).toMatchObject({
      problems: [{ property: "provider.offline", reason: '"1" is neither true nor false (from GOLIVE_OFFLINE)' }],
    });
  });
});

describe("blanks and line breaks at the ends, as a file or a command adds them", () => {
  it.each<[setting: string, value: string]>([
    ["platform", "workos"],
    ["endpoint", "https://eu.example.com"],
    ["rehearsal", "http://127.0.0.1:4100"],
    ["token", "tok_1"],
    ["apiKey", "sk_test_1"],
    ["clientId", "client_1"],
    ["clientSecret", "secret_1"],
    ["retries", "5"],
    ["timeout", "60"],
  ])("of %s count for nothing, wherever it comes from", (setting, value) => {
    const variable = `GOLIVE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const told = (given: Given, env?: Given) =>
      JSON.stringify(configOf(given, env)).replaceAll(/"origin":"[^"]*"/g, "");
    const reveal = (given: Given, env?: Given) => configOf(given, env).credentials[setting]?.secret.reveal();
    for (const written of [`${value}\n`, `${value}\r\n`, ` ${value}`, `\t${value} \n`]) {
      for (const explicit of [{}, { explicit: "true" }] as Given[]) {
        expect(told({ ...explicit, [setting]: written })).toBe(told({ ...explicit, [setting]: value }));
        expect(reveal({ ...explicit, [setting]: written })).toBe(reveal({ ...explicit, [setting]: value }));
      }
      expect(told({}, { [variable]: written })).toBe(told({}, { [variable]: value }));
    }
    // nothing but blanks is not set
    expect(told({ [setting]: " \n" })).toBe(told({}));
    expect(told({ [setting]: value }, { [variable]: "\n" })).toBe(told({ [setting]: value }));
  });
});

it.each([
  ["https://eu.example.com/", "https://eu.example.com"],
  ["http://127.0.0.1:4100", "http://127.0.0.1:4100"],
  ["http://localhost:4100//", "http://localhost:4100"],
  ["http://[::1]:4100", "http://[::1]:4100"],
])("takes the endpoint %s", (endpoint, taken) => {
  expect(configOf({ endpoint }).endpoint).toBe(taken);
});

const noUrl = "is no URL: write e.g. `https://api.workos.com`";
const inTheClear = "sends credentials in the clear: use https, plain http is for this computer only";
it.each<[setting: string, value: string, reason: string]>([
  ["endpoint", "api.workos.com", noUrl],
  ["endpoint", "http://api.workos.com", inTheClear],
  ["endpoint", "http://127.0.0.1.example.com", inTheClear],
  ["endpoint", "ftp://api.workos.com", inTheClear],
  ["retries", "many", `"many" is no whole number from 0 to 10`],
  ["retries", "-1", `"-1" is no whole number from 0 to 10`],
  ["retries", "11", `"11" is no whole number from 0 to 10`],
  ["retries", "1.5", `"1.5" is no whole number from 0 to 10`],
  ["retries", "0x5", `"0x5" is no whole number from 0 to 10`],
  ["timeout", "0", `"0" is no whole number from 1 to 600`],
  ["timeout", "601", `"601" is no whole number from 1 to 600`],
  ["timeout", "Infinity", `"Infinity" is no whole number from 1 to 600`],
  ["platform", "wrkos", `"wrkos" is no platform; did you mean "workos"?`],
  ["platform", "keycloak", `"keycloak" is no platform: use workos or posthog or rehearsal`],
])("refuses %s %j and tells where it came from", (setting, value, reason) => {
  const known = setting === "platform" ? {} : { platform: "workos" };
  expect(resolve({ [setting]: value })).toEqual({
    ...known,
    problems: [{ property: `provider.${setting}`, reason: `${reason} (from stack config \`golive:${setting}\`)` }],
  });
  expect(resolve({}, { [`GOLIVE_${setting.toUpperCase()}`]: value })).toEqual({
    ...known,
    problems: [{ property: `provider.${setting}`, reason: `${reason} (from GOLIVE_${setting.toUpperCase()})` }],
  });
});

it("asks for the rehearsal's endpoint, and says where it is printed", () => {
  expect(resolve({ platform: "rehearsal" })).toEqual({
    platform: "workos",
    problems: [
      {
        property: "provider.endpoint",
        reason:
          "is required for the rehearsal: set GOLIVE_REHEARSAL to the `url` that `golive serve --json` prints (from stack config `golive:platform`)",
      },
    ],
  });
});

it("tells every fault at once, instead of throwing", () => {
  const resolved = resolve({ platform: "x", endpoint: "y", retries: "z", timeout: "-" });
  expect("problems" in resolved && resolved.problems.map(({ property }) => property)).toEqual([
    "provider.platform",
    "provider.endpoint",
    "provider.retries",
    "provider.timeout",
  ]);
});

it("prints no credential, neither in an inspector nor as JSON", () => {
  const secrets = { token: "token-one", apiKey: "key-two", clientId: "client-three", clientSecret: "secret-four" };
  const config = configOf(secrets);
  for (const text of [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config)])
    for (const value of Object.values(secrets)) expect(text).not.toContain(value);
});

describe("where requests go: `rehearsal` says where, `platform` says which", () => {
  const there = "http://127.0.0.1:4100";
  const real = "https://api.workos.com";
  const own = "https://eu.example.com";
  it.each<{ what: string; given?: Given; env?: Given; endpoint: string; rehearsal: boolean }>([
    { what: "the platform itself, where nothing is said", endpoint: real, rehearsal: false },
    { what: "the one variable alone", env: { GOLIVE_REHEARSAL: `${there}/` }, endpoint: there, rehearsal: true },
    { what: "stack config alone", given: { rehearsal: there }, endpoint: there, rehearsal: true },
    {
      what: "beside the platform that it is of",
      env: { GOLIVE_PLATFORM: "workos", GOLIVE_REHEARSAL: there },
      endpoint: there,
      rehearsal: true,
    },
    {
      what: "the older form, as programs and state have it",
      given: { platform: "rehearsal", endpoint: there },
      endpoint: there,
      rehearsal: true,
    },
    {
      what: "the older form from two places",
      given: { endpoint: there },
      env: { GOLIVE_PLATFORM: "rehearsal" },
      endpoint: there,
      rehearsal: true,
    },
    {
      what: "the older name with the newer setting",
      env: { GOLIVE_PLATFORM: "rehearsal", GOLIVE_REHEARSAL: there },
      endpoint: there,
      rehearsal: true,
    },
    {
      what: "the variable, over the endpoint of a stack that is rehearsed",
      given: { endpoint: own },
      env: { GOLIVE_REHEARSAL: there },
      endpoint: there,
      rehearsal: true,
    },
    {
      what: "an explicit provider's endpoint, over the variable",
      given: { explicit: "true", endpoint: own },
      env: { GOLIVE_REHEARSAL: there },
      endpoint: own,
      rehearsal: false,
    },
    { what: "an endpoint that is no rehearsal", given: { endpoint: there }, endpoint: there, rehearsal: false },
  ])("$what", ({ given = {}, env, endpoint, rehearsal }) => {
    expect(configOf(given, env)).toMatchObject({ platform: "workos", endpoint, rehearsal });
  });

  it("refuses two places from one source, and a rehearsal that is no URL", () => {
    const reasons = (env: Given) => {
      const resolved = resolve({}, env);
      return "problems" in resolved ? resolved.problems.map(({ property, reason }) => `${property} ${reason}`) : [];
    };
    expect(reasons({ GOLIVE_REHEARSAL: there, GOLIVE_ENDPOINT: own })).toEqual([
      "provider.rehearsal says another place than GOLIVE_ENDPOINT: leave one of the two out (from GOLIVE_REHEARSAL)",
    ]);
    expect(reasons({ GOLIVE_REHEARSAL: "yes" })).toEqual([`provider.rehearsal ${noUrl} (from GOLIVE_REHEARSAL)`]);
  });
});
