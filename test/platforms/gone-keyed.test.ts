// The same with nothing but an environment's key, and with Platform API credentials: a 404 is not always of the object.
import type { Kind } from "@golive/provider";
import { Http, type Request } from "@golive/provider/http";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lie, type Relay, relayTo } from "./relay";
import { adapter, configOf, object, storeOf, tokenOf } from "./rig";

type Bag = Record<string, unknown>;
let rehearsal: Rehearsal;
let relay: Relay;
let environment: string;
let apiKey: string;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  relay = await relayTo(rehearsal);
  const truth = adapter(rehearsal, tokenOf(rehearsal));
  const project = await object(truth, "Project", { name: "Keyed" }).create();
  environment = project.state.stagingEnvironmentId!;
  apiKey = (await object(truth, "ApiKey", { environment, name: "ci" }).create()).state.value!;
  await object(truth, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" }).create();
});
afterAll(() => rehearsal.close());
beforeEach(() => {
  relay.lie = relay.block = undefined;
});

let count = 0;
async function made(kind: Kind): Promise<{ id: string; held: Bag }> {
  const truth = adapter(rehearsal, { apiKey });
  count += 1;
  if (kind === "FeatureFlagRule") {
    const inputs = { flag: "beta", environment, enabled: true };
    const { claim, update } = object(truth, kind, inputs);
    return {
      id: (await claim())!.id,
      held: { ...inputs, ...(await update((await claim())!.id, { enabled: true })).state },
    };
  }
  const inputs =
    kind === "Application"
      ? { environment, name: `app ${count}`, kind: "oauth" }
      : { environment, url: `https://a.example.com/${count}`, events: ["user.created"] };
  const { id, state } = await object(truth, kind, inputs).create();
  return { id, held: { ...inputs, ...state } };
}
const keyed: Kind[] = ["Application", "FeatureFlagRule", "WebhookEndpoint"];
const lies: Readonly<Record<string, Lie>> = {
  "404, a page of a proxy": () => ({
    status: 404,
    body: "<html>Not Found</html>",
    headers: { "content-type": "text/html" },
  }),
  "404 in a proxy's JSON": () => ({ status: 404, body: { message: "no Route matched with those values" } }),
  "404 of an address that is none": () => ({ status: 404, body: { message: "Not Found", code: "not_found" } }),
  "404 without a body": () => ({ status: 404, body: undefined }),
  "an empty list": (_asked, { status, body }) =>
    Array.isArray((body as Bag | undefined)?.["data"]) ? { status, body: { ...(body as Bag), data: [] } } : undefined,
  "no list": (_asked, { status, body }) =>
    Array.isArray((body as Bag | undefined)?.["data"]) ? { status, body: { object: "list" } } : undefined,
  "a 200 without a body": () => ({ status: 200, body: {} }),
};

describe.each(Object.keys(lies))("%s", (name) => {
  test.each(keyed)("is no word to a key that a %s is gone", async (kind) => {
    const { id, held } = await made(kind);
    const store = storeOf(adapter(relay, { apiKey }), kind);
    relay.lie = lies[name];
    const read = await store.read(id, held as never).then(
      (live) => live?.id ?? "gone",
      (error: Error) => error,
    );
    expect(read === id || read instanceof Error, String(read)).toBe(true);
    const refused = await store.delete(id, held as never).then(
      () => false,
      () => true,
    );
    const after = await storeOf(adapter(rehearsal, { apiKey }), kind).read(id, held as never);
    const isOff = kind === "FeatureFlagRule" && (after?.state as Bag | undefined)?.["enabled"] === false;
    expect(refused || after === undefined || isOff, "deleted, or an error").toBe(true);
  });
});

test.each(["Application", "WebhookEndpoint"] as const)("a %s deleted elsewhere is gone for a key too", async (kind) => {
  const { id, held } = await made(kind);
  const store = storeOf(adapter(rehearsal, { apiKey }), kind);
  await storeOf(adapter(rehearsal, { apiKey }), kind).delete(id, held as never);
  expect(await store.read(id, held as never)).toBeUndefined();
  await store.delete(id, held as never);
});

describe("a 404 of the Platform API is no word that something is gone: the dashboard API decides", () => {
  /** The real platform logs in at a host of its own, which no test may call. */
  class LoginHere extends Http {
    override send(request: Request) {
      return super.send(request.path.startsWith("https://signin.") ? { ...request, path: "oauth2/token" } : request);
    }
  }
  const real = () => {
    const { token, clientId, clientSecret } = rehearsal;
    const config = configOf({ token, clientId, clientSecret }, "workos", relay.url);
    return workos.connect(config, new LoginHere(config));
  };
  const revoked: Lie = ({ path }) =>
    path.startsWith("/platform/")
      ? { status: 404, body: { message: "Not found.", code: "environment_not_found" } }
      : undefined;
  const newEnvironment = async (name: string) => {
    const [project] = await storeOf(real(), "Project").list!({});
    return object(real(), "Environment", { project: project!.id, name, type: "staging" }).create();
  };

  test("an environment that stands, and one that went", async () => {
    const store = storeOf(real(), "Environment");
    const { id, state } = await newEnvironment("Stays");
    relay.lie = revoked;
    relay.block = ({ path }) => path.startsWith("/platform/");
    await expect(store.delete(id, state as never)).rejects.toThrow(/access .* was revoked/);
    relay.lie = undefined;
    expect((await store.read(id, state as never))?.id).toBe(id);
    // deleted by the request whose answer is a 404
    relay.block = undefined;
    relay.lie = revoked;
    await store.delete(id, state as never);
    relay.lie = undefined;
    expect(await store.read(id, state as never)).toBeUndefined();
  });

  test("a key that is valid, and one that ended", async () => {
    const { id: inside } = await newEnvironment("Keys");
    const { id, state } = await object(real(), "ApiKey", { environment: inside, name: "ci" }).create();
    const store = storeOf(real(), "ApiKey");
    const held = { ...state, environment: inside } as never;
    relay.lie = ({ path }) => (path.endsWith("/expire") ? { status: 404, body: { message: "Not found." } } : undefined);
    // the request was carried out, and the list of those that ended says so
    await store.delete(id, held);
    relay.lie = undefined;
    expect(await store.read(id, held)).toBeUndefined();
    const other = await object(real(), "ApiKey", { environment: inside, name: "ci 2" }).create();
    relay.block = ({ path }) => path.endsWith("/expire");
    relay.lie = ({ path }) => (path.endsWith("/expire") ? { status: 404, body: { message: "Not found." } } : undefined);
    await expect(store.delete(other.id, { ...other.state } as never)).rejects.toThrow(/access .* was revoked/);
  });
});
