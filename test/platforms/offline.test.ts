// The platform without a credential: what of it is refused at preview all the same, and that no verb asks anybody.
import type { Bag } from "@golive/provider/define";
import { resolveConfig } from "@golive/provider/config";
import { connectionOf } from "@golive/provider/doors/connection";
import { Offline } from "@golive/provider/errors";
import { Http } from "@golive/provider/http";
import { lifecycle } from "@golive/provider/lifecycle";
import type { Kind } from "@golive/provider/resources/index";
import { describe, expect, it } from "vitest";

const connectionBy = (env: Record<string, string>) => connectionOf(resolveConfig(() => undefined, env));
const connection = connectionBy({ GOLIVE_OFFLINE: "true" });
const lifeOf = (kind: Kind, by = connection) => lifecycle(kind, () => by);
const environment = "environment_1";

describe("check", () => {
  it.each<[kind: Kind, inputs: Bag]>([
    ["Project", { name: "Shop" }],
    ["Environment", { project: "project_1", name: "Staging", type: "staging" }],
    ["Application", { environment, name: "web", redirectUris: [{ uri: "https://a.example.com/cb", default: true }] }],
    ["Application", { environment, name: "cli", kind: "oauth", description: "A client" }],
    ["Application", { environment, name: "web", isDefault: true, redirectUris: [] }],
    ["ApiKey", { environment, name: "backend" }],
    ["FeatureFlag", { project: "project_1", slug: "beta", name: "Beta", tags: ["a"] }],
    ["FeatureFlagRule", { flag: "flag_1", environment, enabled: true, access: "all" }],
    ["WebhookEndpoint", { environment, url: "https://a.example.com/hook", events: ["user.created"] }],
  ])("%s %j is refused nothing for want of a credential", (kind, inputs) => {
    expect(lifeOf(kind).check({}, inputs).failures).toEqual([]);
    // and with none, but not offline, it is
    expect(lifeOf(kind, connectionBy({})).check({}, inputs).failures).not.toEqual([]);
  });

  it.each<[kind: Kind, inputs: Bag, property: string]>([
    ["FeatureFlagRule", { flag: "flag_1", environment, enabled: true, rolloutPercentage: 10 }, "rolloutPercentage"],
    [
      "WebhookEndpoint",
      { environment, environmentType: "production", url: "http://a.example.com", events: ["user.created"] },
      "url",
    ],
    ["Environment", { project: "project_1", name: "Dev", type: "development" }, "type"],
  ])("%s %j is refused, whatever the credential", (kind, inputs, property) => {
    expect(
      lifeOf(kind)
        .check({}, inputs)
        .failures.map((failure) => failure.property),
    ).toContain(property);
  });

  it("what is probably a mistake is warned of", () => {
    const hook = { environment, url: "https://a.example.com/hook", events: ["user.creatd"] };
    expect(lifeOf("WebhookEndpoint").check({}, hook).warnings).toEqual([expect.stringContaining("user.created")]);
  });
});

describe("verbs", () => {
  const inputs = { name: "Shop" };
  const life = lifeOf("Project");
  it.each([
    ["create", () => life.create(inputs)],
    ["read", () => life.read("project_1", inputs)],
    ["update", () => life.update("project_1", inputs, { name: "Other" })],
    ["delete", () => life.delete("project_1", inputs)],
  ])("%s stops with one sentence that names the setting", async (_, run) => {
    const error = await run().then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(Offline);
    expect((error as Error).message).toContain("golive is offline and sends nothing (GOLIVE_OFFLINE). A preview works");
  });

  it("and who goes past the lifecycle reaches nobody either", async () => {
    const http = new Http({ endpoint: "https://api.example.com", retries: 0, timeout: 1, offline: "GOLIVE_OFFLINE" });
    await expect(http.send({ method: "GET", path: "x" })).rejects.toBeInstanceOf(Offline);
  });
});
