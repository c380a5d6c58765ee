// Addresses: the table that preview is held to as well, asked of both APIs in both kinds of environment.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hooks, origins, pages, redirects } from "../rules/uris";
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

/** What both APIs say of a list of URIs; the last of them is the one that is added by REST. */
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
  const typeOf = { ok, uri: bad, wildcard: wild };
  it.each(redirects)("%j: staging %s, production %s", async (uri, inStaging, inProduction) => {
    const found = [];
    for (const place of places()) found.push(await verdict(place, uri));
    expect(found).toEqual([typeOf[inStaging], typeOf[inProduction]]);
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

  const typeOf = { ok: "LogoutUrisSet", uri: "InvalidLogoutUriError", wildcard: "InvalidWildcardLogoutUri" };
  it.each(redirects)("after logout %j: staging %s, production %s", async (uri, inStaging, inProduction) => {
    for (const [{ id }, expected] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const logoutUris = [{ uri: "https://a.example.com/out", isDefault: true }, { uri }];
      const input = { applicationId: await applicationId(id), logoutUris };
      expect((await mutate(world.dash, "setUserlandApplicationLogoutUris", input)).__typename).toBe(typeOf[expected]);
    }
  });

  it("no default logout URI has a wildcard", async () => {
    const logoutUris = [{ uri: "https://*.example.com/out", isDefault: true }];
    const input = { applicationId: await applicationId(world.staging.id), logoutUris };
    expect((await mutate(world.dash, "setUserlandApplicationLogoutUris", input)).__typename).toBe(typeOf.wildcard);
  });

  it.each(["appHomepageUrl", "initiateLoginUri", "passwordResetUrl", "signUpUrl", "userInvitationUrl"])(
    "%s is a page on the web",
    async (field) => {
      for (const [url, expected] of pages) {
        const input = { applicationId: await applicationId(world.staging.id), [field]: url };
        const { __typename: typed } = await mutate(world.dash, "updateUserlandApplication", input);
        expect([url, typed]).toEqual([
          url,
          expected === "ok" ? "UserlandApplicationUpdated" : "UserlandApplicationValidationFailed",
        ]);
      }
    },
  );

  it.each(hooks)("a webhook endpoint at %j: staging %s, production %s", async (url, inStaging, inProduction) => {
    for (const [{ key }, expected] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const written = { endpoint_url: url, events: ["user.created"] };
      const { status, body } = await ask(world.rehearsal, key, "POST", "/webhook_endpoints", written);
      expect(status).toBe(expected === "ok" ? 201 : 422);
      if (status === 201) await ask(world.rehearsal, key, "DELETE", `/webhook_endpoints/${String(body["id"])}`);
    }
  });
});

describe("web origins", () => {
  it.each(origins)("%j: staging %s, production %s", async (origin, inStaging, inProduction) => {
    for (const [{ id, key }, expected] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const input = { environmentId: id, origins: [origin], dryRun: true };
      const isTaken = (await mutate(world.dash, "setWebOrigins", input)).__typename === "WebOriginsSet";
      expect(isTaken).toBe(expected === "ok");
      const { status } = await ask(world.rehearsal, key, "POST", "/user_management/cors_origins", { origin });
      expect(status).toBe(isTaken ? 201 : 422);
    }
  });

  it.each([
    ["https://web.example.com", "WebOriginsSet", "WebOriginsSet"],
    ["http://localhost:3001", "WebOriginsSet", "InvalidWebOriginProtocol"],
    ["https://*.web.example.com", "WebOriginsSet", "WildcardNotAllowedInEnvironment"],
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
