// A server that answers after the client gave up, and answers that are lost, of the writes that must not happen twice:
// over real HTTP, through the lifecycle, which waits as long as it does for a user.
import { type Kind } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { workos } from "@golive/provider/platforms/workos/index";
import { Http } from "@golive/provider/http";
import type { Fault } from "@golive/rehearsal";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { dashboard, fresh } from "./fresh";
import { configOf, declared, object } from "./rig";

const here = fresh();
const owner = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/golive:Any::one";

/** The verbs of a kind, for whom a try takes three seconds at most. */
function patient(kind: Kind, credentials: Record<string, string> = { token: here.rehearsal.token }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = { ...configOf(credentials, "rehearsal", here.rehearsal.url), timeout: 3 };
  const platform = workos.connect(config, new Http(config));
  const life = lifecycle(kind, () => ({ platform, problems: [] }), new Journal(folder));
  return {
    create: (inputs: object) => life.create(declared(kind, inputs as never), owner),
    update: (id: string, held: object, inputs: object) =>
      life.update(id, { ...held }, declared(kind, inputs as never), owner),
  };
}
const listed = async (query: string, inside?: string) =>
  (
    Object.values(await dashboard(here, query, inside))[0] as {
      data: { id: string; name: string; expiredAt?: string | null }[];
    }
  ).data;
const keys = async (environment: string) =>
  (await listed(`{ keys(environmentId: "${environment}") { data { id name expiredAt } } }`, environment)).filter(
    ({ name, expiredAt }) => name === "backend" && expiredAt === null,
  );

const faults: [string, Fault][] = [
  ["answered after the timeout", { latencyMs: 3_500, times: 1 }],
  ["answered after the timeout, three times", { latencyMs: 3_500, times: 3 }],
  ["whose answer is lost", { drop: "after", times: 1 }],
  ["carried out while golive looks", { drop: "late", requests: 3, times: 1 }],
];

describe.each(faults)("%s", (_, fault) => {
  let production: string;
  beforeEach(async () => {
    await dashboard(here, "mutation { setUpBilling { __typename } }");
    const inputs = { project: here.project, name: "EU", type: "production" };
    production = (await object(here.platform, "Environment", inputs).create()).id;
  });

  test("the creation of an application makes one", async () => {
    here.rehearsal.faults.add({ ...fault, operation: "createUserlandApplication" });
    const { id } = await patient("Application").create({ environment: here.staging, name: "web" });
    const all = await listed(`{ userlandApplications(environmentId: "${here.staging}") { data { id name } } }`);
    expect(all.filter(({ name }) => name === "web").map((app) => app.id)).toEqual([id]);
  });

  test("a key of production is one, and its value is in state", async () => {
    here.rehearsal.faults.add({ ...fault, operation: "mintKey", times: Math.min(fault.times!, 2) });
    const { outs } = await patient("ApiKey").create({ environment: production, name: "backend" });
    expect((await keys(production)).map(({ id }) => id)).toEqual([outs["keyId"]]);
    expect(outs["value"]).toMatch(/^sk_live_/);
  });

  test("a rotation leaves one key that does not end, and state has it", async () => {
    const { create, update } = patient("ApiKey");
    const inputs = { environment: production, name: "backend" };
    const { id, outs } = await create(inputs);
    here.rehearsal.faults.add({ ...fault, operation: "mintKey", times: Math.min(fault.times!, 2) });
    const rotated = (await update(id, outs, { ...inputs, version: 2 })).outs;
    expect((await keys(production)).map((key) => key.id)).toEqual([rotated["keyId"]]);
    expect(rotated["value"]).not.toBe(outs["value"]);
    expect(rotated["previousKeyId"]).toBe(outs["keyId"]);
  });

  test("a client secret of a Connect application is one", async () => {
    const { outs: key } = await patient("ApiKey").create({ environment: here.staging, name: "connect" });
    const apiKey = key["value"] as string;
    here.rehearsal.faults.add({ ...fault, path: "*/client_secrets", method: "POST", times: Math.min(fault.times!, 2) });
    const { id, outs } = await patient("Application", { apiKey }).create({
      environment: here.staging,
      name: "partner",
      kind: "oauth",
      redirectUris: [{ uri: "https://partner.example.com/callback" }],
      credentials: {},
    });
    const answer = await fetch(`${here.rehearsal.url}/connect/applications/${id}/client_secrets`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const secrets = (await answer.json()) as { secret_hint: string }[];
    expect(secrets.map((secret) => secret.secret_hint)).toEqual([outs["clientSecretHint"]]);
  });
});
