// What is no proof that an object is gone: a refusal, an address that answers 404, an answer that is no answer.
import { resolveConfig } from "@golive/provider/config";
import { lifecycle } from "@golive/provider/lifecycle";
import { platformOf } from "@golive/provider/platforms/connect";
import type { Kind } from "@golive/provider";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, expect, it } from "vitest";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict" });
});
afterAll(() => rehearsal.close());

const connect = () => {
  const { url, token } = rehearsal;
  const env = { GOLIVE_PLATFORM: "rehearsal", GOLIVE_ENDPOINT: url, GOLIVE_TOKEN: token, GOLIVE_RETRIES: "0" };
  const resolved = resolveConfig(() => undefined, env);
  if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
  const platform = platformOf(resolved.config);
  return (kind: Kind) => lifecycle(kind, () => ({ platform, problems: [] }));
};
const statuses = [401, 403, 404, 422, 500];

it.each(
  (
    ["Project", "Environment", "Application", "FeatureFlag", "FeatureFlagRule", "WebhookEndpoint", "ApiKey"] as const
  ).flatMap((kind) => statuses.map((status) => ({ kind, status }))),
)("a $status while reading a $kind is an error, and the object stays in state", async ({ kind, status }) => {
  const [project] = rehearsal.projects;
  const environment = project!.environments[0]!.id;
  const made = connect();
  const name = `${kind} ${status}`;
  const slug = `${kind}-${status}`.toLowerCase();
  const flag =
    kind === "FeatureFlagRule" ? (await made("FeatureFlag").create({ project: project!.id, slug, name })).id : "";
  const inputs = {
    Project: { name, includeProduction: true },
    Environment: { project: project!.id, name, type: "staging" },
    Application: { environment, name, kind: "web", isDefault: false },
    FeatureFlag: { project: project!.id, slug, name },
    FeatureFlagRule: { flag, environment, enabled: true },
    WebhookEndpoint: {
      environment,
      url: `https://a.example.com/${status}`,
      events: ["user.created"],
      secretVersion: 1,
    },
    ApiKey: { environment, name, kind: "secret", version: 1, overlap: 3600 },
  }[kind];
  const { id, outs } = await made(kind).create(inputs);
  // another process reads it, and knows who the account is before the trouble begins
  const life = connect()(kind);
  await life.read(id, outs);
  rehearsal.faults.add({ path: "/graphql", status });
  await expect(life.read(id, outs)).rejects.toThrow(String(status));
  rehearsal.faults.clear();
  expect((await life.read(id, outs))?.id).toBe(id);
});
