// Redirect URIs and web origins: one table, asked of both planes in both kinds of environment.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data, mutate, unlockedWorld, type World } from "./rig";

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
  for (const { key } of [world.staging, world.production])
    await ask(world.rehearsal, key, "POST", "/user_management/redirect_uris", {
      uri: "https://default.example.com/cb",
    });
});
afterAll(() => world.rehearsal.close());
const places = () => [world.staging, world.production] as const;
const ok = "RedirectUrisSet";
const bad = "InvalidRedirectUriError";
const wild = "InvalidWildcardRedirectUri";

/** What both planes say of a list of URIs; the last of them is the one that is added by REST. */
async function verdict({ id, key }: { id: string; key: string }, uri: string) {
  const redirectUris = [{ uri: "https://default.example.com/cb", isDefault: true }, { uri }];
  const input = { environmentId: id, redirectUris, dryRun: true };
  const { __typename: typed } = await mutate(world.dash, "setRedirectUris", input);
  const { status, body } = await ask(world.rehearsal, key, "POST", "/user_management/redirect_uris", { uri });
  if (status === 201) await ask(world.rehearsal, key, "DELETE", `/user_management/redirect_uris/${String(body["id"])}`);
  expect(status).toBe(typed === ok ? 201 : 422);
  const { status: connect } = await ask(world.rehearsal, key, "POST", "/connect/applications", {
    name: "App",
    application_type: "oauth",
    is_first_party: true,
    redirect_uris: [{ uri: "https://default.example.com/cb", default: true }, { uri }],
  });
  expect(connect).toBe(status);
  return typed;
}

describe("redirect URIs", () => {
  it.each([
    ["https://app.example.com/cb", ok, ok],
    ["http://app.example.com/cb", ok, bad],
    ["http://localhost:3000/cb", ok, bad],
    ["https://localhost/cb", ok, bad],
    ["https://localhost./cb", ok, bad],
    ["http://[::1]:3000/cb", ok, bad],
    ["http://127.0.0.1/cb", ok, ok],
    ["http://127.0.0.1:8080/cb", ok, ok],
    ["com.example.app:/callback", ok, ok],
    ["javascript:alert(1)", bad, bad],
    ["data:text/html,hello", bad, bad],
    ["blob:https://app.example.com/1", bad, bad],
    ["not a uri", bad, bad],
    [`https://app.example.com/${"x".repeat(2_048)}`, bad, bad],
    ["https://*.example.com/cb", ok, ok],
    ["https://pr-*-shop.example.com/cb", ok, ok],
    ["http://*.example.com/cb", ok, wild],
    ["http://localhost:*/cb", ok, wild],
    ["https://app.example.com:*/cb", wild, wild],
    ["https://*.com/cb", wild, wild],
    ["https://*.co.uk/cb", wild, wild],
    ["https://*.shop.co.uk/cb", ok, ok],
    ["https://*.ngrok-free.app/cb", wild, wild],
    ["https://pr-*.vercel.app/cb", wild, wild],
    ["https://*.shop.vercel.app/cb", ok, ok],
    ["https://app.*.example.com/cb", wild, wild],
    ["https://*.*.example.com/cb", wild, wild],
    ["https://app.example.com/*", wild, wild],
    ["myapp://*.example.com/cb", wild, wild],
  ])("%s: staging %s, production %s", async (uri, inStaging, inProduction) => {
    const found = [];
    for (const place of places()) found.push(await verdict(place, uri));
    expect(found).toEqual([inStaging, inProduction]);
  });

  const a = "https://a.example.com/cb";
  const b = "https://b.example.com/cb";
  it.each([
    ["none", [], ok],
    ["one is the default without saying so", [{ uri: a }], ok],
    ["two with one default", [{ uri: a, isDefault: true }, { uri: b }], ok],
    ["two with no default", [{ uri: a }, { uri: b }], bad],
    [
      "two defaults",
      [
        { uri: a, isDefault: true },
        { uri: b, isDefault: true },
      ],
      bad,
    ],
    ["one of them twice", [{ uri: a, isDefault: true }, { uri: a }], bad],
    ["a default with a wildcard", [{ uri: "https://*.example.com/cb", isDefault: true }], wild],
    ["one with a wildcard, which cannot be the default", [{ uri: "https://*.example.com/cb" }], wild],
  ])("a list: %s", async (_title, redirectUris, expected) => {
    for (const { id } of places()) {
      const input = { environmentId: id, redirectUris, dryRun: true };
      expect((await mutate(world.dash, "setRedirectUris", input)).__typename).toBe(expected);
    }
  });

  it("a refusal names the URI, and a dry run changes nothing", async () => {
    const input = { environmentId: world.production.id, redirectUris: [{ uri: "http://app.example.com/cb" }] };
    const refused = await mutate(
      world.dash,
      "setRedirectUris",
      input,
      "... on InvalidRedirectUriError { uri message }",
    );
    expect(refused).toMatchObject({
      uri: "http://app.example.com/cb",
      message: expect.stringContaining("https") as unknown,
    });
    const tried = { environmentId: world.production.id, redirectUris: [{ uri: a }], dryRun: true };
    expect((await mutate(world.dash, "setRedirectUris", tried)).__typename).toBe(ok);
    const { data } = await world.dash<{ data: Data[] }>(
      `{ redirectUris(environmentId: "${world.production.id}") { data { uri isDefault } } }`,
    );
    expect(data).toEqual([{ uri: "https://default.example.com/cb", isDefault: true }]);
  });

  it("a URI that stays keeps its id", async () => {
    const set = async (redirectUris: Data[]) => {
      const selection = "... on RedirectUrisSet { redirectUris { id uri } }";
      const result = await mutate(
        world.dash,
        "setRedirectUris",
        { environmentId: world.staging.id, redirectUris },
        selection,
      );
      return result["redirectUris"] as { id: string; uri: string }[];
    };
    const [first] = await set([{ uri: a, isDefault: true }]);
    expect(await set([{ uri: b, isDefault: true }, { uri: a }])).toContainEqual(first);
  });
});

describe("other addresses of an application", () => {
  const applicationId = async (id: string) =>
    String((await world.dash(`{ defaultUserlandApplication(environmentId: "${id}") { id } }`))["id"]);

  it.each([
    ["https://app.example.com/out", "LogoutUrisSet", "LogoutUrisSet"],
    ["http://localhost:3000/out", "LogoutUrisSet", "InvalidLogoutUriError"],
    ["javascript:alert(1)", "InvalidLogoutUriError", "InvalidLogoutUriError"],
    ["nonsense", "InvalidLogoutUriError", "InvalidLogoutUriError"],
  ])("after logout %s: staging %s, production %s", async (uri, inStaging, inProduction) => {
    for (const [{ id }, expected] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const input = { applicationId: await applicationId(id), logoutUris: [{ uri, isDefault: true }] };
      expect((await mutate(world.dash, "setUserlandApplicationLogoutUris", input)).__typename).toBe(expected);
    }
  });

  it.each(["appHomepageUrl", "initiateLoginUri", "passwordResetUrl", "signUpUrl", "userInvitationUrl"])(
    "%s runs no code",
    async (field) => {
      const input = { applicationId: await applicationId(world.staging.id), [field]: "javascript:alert(1)" };
      expect((await mutate(world.dash, "updateUserlandApplication", input)).__typename).toBe(
        "UserlandApplicationValidationFailed",
      );
    },
  );
});

describe("web origins", () => {
  it.each([
    ["https://app.example.com", "WebOriginsSet", "WebOriginsSet"],
    ["http://localhost:3000", "WebOriginsSet", "InvalidWebOriginProtocol"],
    ["https://*.example.com", "WebOriginsSet", "WildcardNotAllowedInEnvironment"],
    ["https://a.*.example.com", "InvalidWildcardWebOrigin", "WildcardNotAllowedInEnvironment"],
    ["https://app.example.com/path", "MalformedWebOrigin", "MalformedWebOrigin"],
    ["ftp://app.example.com", "InvalidWebOriginProtocol", "InvalidWebOriginProtocol"],
    ["nonsense", "MalformedWebOrigin", "MalformedWebOrigin"],
  ])("%s: staging %s, production %s", async (origin, inStaging, inProduction) => {
    for (const [{ id, key }, expected] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const input = { environmentId: id, origins: [origin], dryRun: true };
      expect((await mutate(world.dash, "setWebOrigins", input)).__typename).toBe(expected);
      const { status } = await ask(world.rehearsal, key, "POST", "/user_management/cors_origins", { origin });
      expect(status).toBe(expected === "WebOriginsSet" ? 201 : 422);
    }
  });
});
