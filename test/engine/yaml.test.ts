// examples/yaml on the real engine with its YAML host: the plugin door with nothing of Node.js in the program.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setUpBilling } from "../../scripts/rehearse/billing.mjs";
import { Backend, createStack, lacksYaml, type Result, type Stack } from "./harness";
import { canRun } from "../tools/run";
import { rehearsalEnv } from "./rehearsal";

const example = fileURLToPath(new URL("../../examples/yaml", import.meta.url));
const done = ({ steps }: Result): string[] =>
  steps.filter(({ op, type }) => type.startsWith("golive:") && op !== "same").map(({ op, name }) => `${op} ${name}`);
const inside = ["environment", "web", "checkoutRule", "users", "backend"];

const missing = lacksYaml();

describe.skipIf(!canRun("examples/yaml", missing))("examples/yaml", () => {
  let rehearsal: Rehearsal;
  let backend: Backend;
  const stack = (folder: string, name: string) =>
    createStack({
      backend,
      name,
      project: folder === "shared" ? "shop-yaml-shared" : "shop-yaml",
      program: { folder: path.join(example, folder) },
      env: rehearsalEnv(rehearsal),
    });

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    await setUpBilling(rehearsal);
    backend = new Backend();
  });
  afterAll(async () => {
    await backend?.dispose();
    await rehearsal?.close();
  });

  it("deploys the shared stack, staging and production, and then has nothing to do", async () => {
    expect(done(await (await stack("shared", "shared")).up())).toEqual(["create project", "create newCheckout"]);
    for (const name of ["staging", "production"]) {
      const environment = await stack("environment", name);
      const before = rehearsal.requestCount();
      expect(done(await environment.preview()).toSorted()).toEqual(inside.map((one) => `create ${one}`).toSorted());
      expect(rehearsal.requestCount()).toBe(before);
      expect(done(await environment.up())).toHaveLength(inside.length);
      expect(done(await environment.preview())).toEqual([]);
      expect(done(await environment.refresh())).toEqual([]);
      const outputs = await environment.outputs();
      expect(outputs["clientId"]).toMatch(/^client_/);
      // secrets of the schema are secrets of the stack
      const { text } = await environment.export();
      for (const secret of [outputs["apiKey"], outputs["signingSecret"]]) expect(text).not.toContain(secret);
    }
  });

  it("refuses at preview what production does not take, with the property's path", async () => {
    const production: Stack = await stack("environment", "broken");
    const text = readFileSync(path.join(example, "environment", "Pulumi.production.yaml"), "utf8");
    const salt = readFileSync(path.join(production.folder, "Pulumi.broken.yaml"), "utf8");
    production.write({ "Pulumi.broken.yaml": `${salt}\n${text.replace("shop.example.com", "localhost:3000")}` });
    const source = readFileSync(path.join(production.folder, "Pulumi.yaml"), "utf8");
    production.write({ "Pulumi.yaml": source.replaceAll("https://${host}", "http://${host}") });
    const { stdout } = await production.preview({ expectFailure: true });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("redirectUris[0].uri");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("production takes https only");
  });
});
