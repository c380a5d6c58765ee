import { describe, expect, test } from "vitest";
import { fresh } from "./fresh";
import { object } from "./rig";

const here = fresh();

describe("applications", () => {
  test("the default one is claimed, and reset on delete", async () => {
    const { platform, staging } = here;
    const redirectUris = [{ uri: "https://a.example.com/cb", default: true }];
    const declared = object(platform, "Application", { environment: staging, name: "web", isDefault: true });
    const { id } = (await declared.claim())!;
    const homepageUrl = "https://a.example.com/";
    await declared.update(id, { name: "web", redirectUris, homepageUrl, signUpUrl: homepageUrl });
    expect(await declared.store.delete(id, {})).toMatch(/is the default one of its environment/);
    expect(await declared.store.read(id, {})).toMatchObject({
      state: { redirectUris: [], homepageUrl: null, signUpUrl: null },
    });
  });
  test("a step that is refused leaves what is there, and names what is missing", async () => {
    const { rehearsal, platform, staging } = here;
    rehearsal.faults.add({ operation: "setUserlandApplicationLogoutUris", status: 422, times: 1 });
    const inputs = {
      environment: staging,
      name: "half",
      redirectUris: [{ uri: "https://a.example.com/cb", default: true }],
      logoutUris: ["https://a.example.com/bye"],
      corsOrigins: ["https://a.example.com"],
      credentials: { version: 1 },
    };
    const { create, find } = object(platform, "Application", inputs);
    const error = await create().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const made = await find();
    expect(error).toMatchObject({ name: "PartlyDone", id: made!.id, state: { name: "half" } });
    expect((error as { missing: string[] }).missing.toSorted()).toEqual(["corsOrigins", "credentials", "logoutUris"]);
  });
  test("several of one name: nobody can tell which is meant", async () => {
    const { platform, staging } = here;
    const declared = object(platform, "Application", { environment: staging, name: "twin" });
    const [one, two] = [await declared.create(), await declared.create()];
    await expect(declared.find()).rejects.toThrow(new RegExp(`2 applications.*(${one.id}|${two.id})`));
  });
  test("a raised version makes a new client secret, the same one none", async () => {
    const { platform, staging } = here;
    const declared = object(platform, "Application", { environment: staging, name: "s", credentials: { version: 1 } });
    const { id, state } = await declared.create();
    expect(state.clientSecretHint).toBe(state.clientSecret!.slice(-4));
    const same = await declared.update(id, { credentials: { version: 1 } }, { credentials: { version: 1 } });
    expect(same.state).not.toHaveProperty("clientSecret");
    const raised = await declared.update(id, { credentials: { version: 2 } }, { credentials: { version: 1 } });
    expect(raised.state.clientSecret).not.toBe(state.clientSecret);
  });
});

describe("webhook endpoints", () => {
  test("one URL twice is refused, by its name", async () => {
    const { platform, staging } = here;
    const declared = object(platform, "WebhookEndpoint", {
      environment: staging,
      url: "https://a.example.com/h",
      events: ["user.created"],
    });
    await declared.create();
    await expect(declared.create()).rejects.toMatchObject({
      name: "Invalid",
      message: expect.stringMatching(/a\.example\.com/),
    });
  });
  test("a raised version makes a new signing secret", async () => {
    const { platform, staging } = here;
    const declared = object(platform, "WebhookEndpoint", {
      environment: staging,
      url: "https://b.example.com/h",
      events: ["user.created"],
    });
    const { id, state } = await declared.create();
    const rotated = await declared.update(id, { secretVersion: 2 });
    expect(rotated.state.signingSecret).toMatch(/./);
    expect(rotated.state.signingSecret).not.toBe(state.signingSecret);
  });
  test("what a lost answer leaves is recorded", async () => {
    const { rehearsal, platform, staging } = here;
    rehearsal.faults.add({ operation: "webhookEndpoint", drop: "before", times: 1 });
    const declared = object(platform, "WebhookEndpoint", {
      environment: staging,
      url: "https://c.example.com/h",
      events: ["user.created"],
    });
    await expect(declared.create()).rejects.toMatchObject({ name: "PartlyDone", id: (await declared.find())!.id });
  });
});
