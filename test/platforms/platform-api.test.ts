// The Platform API makes keys and deletes environments where the dashboard API cannot.
import { Http } from "@golive/provider/http";
import { Dashboard } from "@golive/provider/platforms/workos/dashboard/client";
import { PlatformApi } from "@golive/provider/platforms/workos/platform-api/client";
import { Team } from "@golive/provider/platforms/workos/dashboard/team";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Relay, relayTo } from "./relay";
import { adapter, configOf, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let relay: Relay;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  relay = await relayTo(rehearsal);
});
afterAll(() => rehearsal.close());

function platformApi(secret = rehearsal.clientSecret, url = rehearsal.url): PlatformApi {
  const { token, clientId } = rehearsal;
  const config = configOf({ token, clientId, clientSecret: secret }, "rehearsal", url);
  const http = new Http(config);
  return new PlatformApi(http, config, new Team(new Dashboard(http, config.token), true));
}

test("makes a key, ends it, and deletes an environment, with one login", async () => {
  const platform = adapter(rehearsal, tokenOf(rehearsal));
  const [project] = await storeOf(platform, "Project").list!({});
  const qa = await object(platform, "Environment", { project: project!.id, name: "QA", type: "staging" }).create();
  const api = platformApi();
  const { id, value } = await api.createKey(qa.id, "ci", null);
  expect(value).toMatch(/^sk_/);
  expect(await storeOf(platform, "ApiKey").read(id, {})).toMatchObject({
    id,
    state: { name: "ci", environment: qa.id },
  });
  await api.expireKey(qa.id, id, null);
  expect(await storeOf(platform, "ApiKey").read(id, {})).toBeUndefined();
  await api.deleteEnvironment(qa.id);
  expect(await storeOf(platform, "Environment").read(qa.id, {})).toBeUndefined();
  expect(rehearsal.requests().filter(({ path }) => path === "/oauth2/token")).toHaveLength(1);
});

test("wrong credentials are refused by name, and asked for again next time", async () => {
  const api = platformApi("nobody");
  await expect(api.deleteEnvironment("environment_1")).rejects.toThrow(/login was refused/);
  await expect(api.deleteEnvironment("environment_1")).rejects.toThrow(/login was refused/);
});

describe("one login is shared", () => {
  const logins = () => rehearsal.requests().filter(({ path }) => path === "/oauth2/token").length;
  const during = async (run: () => Promise<unknown>): Promise<number> => {
    const before = logins();
    await run();
    return logins() - before;
  };
  const mint = async (api: PlatformApi, count: number) => {
    const platform = adapter(rehearsal, tokenOf(rehearsal));
    const [place] = await storeOf(platform, "Environment").list!({});
    return Promise.all(Array.from({ length: count }, (_, i) => api.createKey(place!.id, `shared ${i}`, null)));
  };

  test("by keys that are made at once", async () => {
    expect(await during(() => mint(platformApi(), 8))).toBe(1);
  });
  test("again once it was refused, by all who met that", async () => {
    const api = platformApi(rehearsal.clientSecret, relay.url);
    const tokens = new Set<string | undefined>();
    relay.lie = ({ path, authorization }) => {
      if (!path.startsWith("/platform/")) return undefined;
      tokens.add(authorization);
      // the first token is no longer good
      return tokens.size > 1 && authorization === [...tokens][0]
        ? { status: 401, body: { message: "Over." } }
        : undefined;
    };
    await mint(api, 1);
    tokens.add("Bearer of nobody");
    expect(await during(() => mint(api, 8))).toBe(1);
    relay.lie = undefined;
    // a credential that is refused each time is an error, and no circle
    rehearsal.faults.add({ path: "/platform/*", status: 401 });
    expect(await during(() => expect(mint(api, 1)).rejects.toMatchObject({ name: "Unauthorized" }))).toBe(1);
    rehearsal.faults.clear();
  });
  test("again once it is over, by all who ask then", async () => {
    const api = platformApi();
    await mint(api, 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_550_000 });
    try {
      expect(await during(() => mint(api, 8))).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
  test("a login that failed is tried anew by the next, not by each", async () => {
    const api = platformApi();
    rehearsal.faults.add({ path: "/oauth2/token", status: 400, times: 1 });
    await expect(mint(api, 4)).rejects.toThrow(/login was refused/);
    expect(await during(() => mint(api, 4))).toBe(1);
  });
});
