// What a credential may hold, where it may go, and the login of the official command line as the last resort.
import { resolveConfig } from "@golive/provider/config";
import { cliLogin } from "@golive/provider/platforms/workos/login";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

it("takes one of blanks for none", () => expect(configOf({ token: " " }).credentials).toEqual({}));

it.each<[bag: Bag, property: string, reason: RegExp]>([
  [{ token: "hid den" }, "token", /holds a space, a line break.*stack config `golive:token`/],
  [{ apiKey: "sk_hid\nden" }, "apiKey", /holds a space, a line break/],
  [{ clientSecret: "hidden–" }, "clientSecret", /character that no credential has/],
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
  const tokenIn = (env: Bag, bag: Bag = {}) => configOf(bag, env).credentials["token"];

  it.each<[what: string, bag: Bag]>([
    ["nothing else is given", {}],
    ["a key is given, which does less", { apiKey: "sk_mine1" }],
  ])("is the token where %s, and says so", async (_, bag) => {
    write(JSON.stringify(login));
    const token = tokenIn({ HOME: home }, bag)!;
    expect(token.origin).toMatch(/WorkOS CLI.*~\/\.workos/);
    expect((await token.renewal!.current()).reveal()).toBe("login1");
  });
  it.each<[what: string, bag: Bag]>([
    ["a token is given", { token: "mine1" }],
    ["the endpoint is somebody else's", { endpoint: "https://api.example.com" }],
    ["the platform is the rehearsal", { platform: "rehearsal", endpoint: "http://127.0.0.1:1" }],
  ])("is left alone where %s", (_, bag) => {
    write(JSON.stringify(login));
    expect(tokenIn({ HOME: home }, bag)?.secret.reveal()).toBe(bag["token"]);
  });
  it("is left alone where a token command is given", () => {
    write(JSON.stringify(login));
    expect(tokenIn({ HOME: home, GOLIVE_TOKEN_COMMAND: "x" })?.origin).toMatch(/token command/);
  });
  it.each(["", "{", "null", "[]", "{}", `{"accessToken":7,"expiresAt":9e15}`, `{"accessToken":"two words"}`])(
    "is none with `%s` in the file",
    (content) => {
      write(content);
      expect(configOf({}, { HOME: home }).credentials).toEqual({});
    },
  );
  it("is none without the file, and without a home", () => {
    expect([configOf({}, { HOME: home }).credentials, configOf({}).credentials]).toEqual([{}, {}]);
  });

  it("that has ended is read again after a command of the CLI, which the message names", async () => {
    write(JSON.stringify({ ...login, expiresAt: Date.now() - 1000 }));
    const { renewal } = tokenIn({ HOME: home })!;
    await expect(renewal!.current()).rejects.toThrow(/ended at .*Run `workos project list`/);
    write(JSON.stringify({ ...login, accessToken: "login2" }));
    const again = tokenIn({ HOME: home })!;
    expect((await again.renewal!.current()).reveal()).toBe("login2");
    // the CLI has renewed it meanwhile: after a refusal it is read once more
    write(JSON.stringify({ ...login, accessToken: "login3" }));
    expect((await again.renewal!.instead(await again.renewal!.current()))?.reveal()).toBe("login3");
  });

  describe("in a keychain (its commands are stand-ins on PATH: no real keychain is asked)", () => {
    const stored = JSON.stringify(login);
    const program = (name: string, text: string) => {
      const bin = join(home, "bin");
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, name), text, { mode: 0o755 });
      return `${bin}:/usr/bin:/bin`;
    };
    it.each<[os: string, name: string, script: string, title: RegExp]>([
      [
        "darwin",
        "security",
        `[ "$*" = "find-generic-password -s workos-cli -a credentials -w" ] && echo ${Buffer.from(stored).toString("base64")}`,
        /the keychain/,
      ],
      [
        "linux",
        "secret-tool",
        `[ "$*" = "lookup service workos-cli account credentials" ] && echo '${stored}'`,
        /the keyring/,
      ],
      [
        "linux",
        "secret-tool",
        `[ "$*" = "lookup service workos-cli username credentials" ] && echo '${stored}'`,
        /the keyring/,
      ],
      [
        "win32",
        "powershell",
        `case "$*" in *"Read('credentials.workos-cli')"*) echo '${stored}';; esac`,
        /Credential Manager/,
      ],
    ])("of %s is read by %s", async (os, name, script, title) => {
      const token = cliLogin({ HOME: home, PATH: program(name, `#!/bin/sh\n${script}\n`) }, os)!;
      expect(token.origin).toMatch(title);
      expect((await token.renewal!.current()).reveal()).toBe("login1");
    });
    it("that holds none says which command logs in", async () => {
      const token = cliLogin({ HOME: home, PATH: program("secret-tool", "#!/bin/sh\nexit 1\n") }, "linux")!;
      await expect(token.renewal!.current()).rejects.toThrow(/Run `workos auth login`/);
    });
    it("is not asked before it is needed", () => {
      const asked = join(home, "asked");
      cliLogin({ HOME: home, PATH: program("secret-tool", `#!/bin/sh\ntouch ${asked}\n`) }, "linux");
      expect(existsSync(asked)).toBe(false);
    });
    it.each<[what: string, os: string, name: string, hasTrace: boolean]>([
      ["the CLI left no trace", "linux", "secret-tool", false],
      ["there is no command for it", "linux", "other", true],
      ["the system has none", "aix", "secret-tool", true],
    ])("is no way where %s", (_, os, name, hasTrace) => {
      const PATH = program(name, "#!/bin/sh\n").split(":")[0]!;
      if (!hasTrace) rmSync(join(home, ".workos"), { recursive: true });
      expect(cliLogin({ HOME: home, PATH }, os)).toBeUndefined();
    });
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

  it.each<[what: string, env: Bag, id: string | undefined]>([
    ["alone it is an application's id", {}, undefined],
    ["with the Platform API's secret it is its id", { GOLIVE_CLIENT_SECRET: "s" }, "client_theirs"],
    ["it comes after golive's", { GOLIVE_CLIENT_SECRET: "s", GOLIVE_CLIENT_ID: "client_mine" }, "client_mine"],
  ])("WORKOS_CLIENT_ID: %s", (_, env, id) => {
    const { clientId } = configOf({}, { WORKOS_CLIENT_ID: "client_theirs", ...env }).credentials;
    expect(clientId?.secret.reveal()).toBe(id);
  });
});
