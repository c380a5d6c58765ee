// The Platform API makes keys and deletes environments where the dashboard API cannot.
import { Http } from "@golive/provider/http";
import { Dashboard } from "@golive/provider/platforms/workos/dashboard/client";
import { PlatformApi } from "@golive/provider/platforms/workos/platform-api/client";
import { Team } from "@golive/provider/platforms/workos/dashboard/team";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adapter, configOf, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal();
});
afterAll(() => rehearsal.close());

function platformApi(secret = rehearsal.clientSecret): PlatformApi {
  const { token, clientId, url } = rehearsal;
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
