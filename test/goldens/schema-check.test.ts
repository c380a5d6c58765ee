import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import golden from "../../schema.json";
import { Backend } from "../engine/backend";

let backend: Backend;
beforeAll(() => {
  backend = new Backend();
});
afterAll(() => backend.dispose());

const schemaFile = fileURLToPath(new URL("../../schema.json", import.meta.url));
const check = (file: string) => {
  const { status, stdout, stderr } = spawnSync("pulumi", ["schema", "check", file], {
    env: backend.env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
};

describe("pulumi schema check, of the real engine", () => {
  test("accepts schema.json", () => expect(check(schemaFile)).toMatchObject({ status: 0 }));

  test("refuses it with a reference to nothing, so its yes counts", () => {
    const file = path.join(backend.folder, "schema.json");
    writeFileSync(file, JSON.stringify({ ...golden, types: {} }));
    const { status, output } = check(file);
    expect(status).not.toBe(0);
    expect(output).toContain("type golive:index:ProviderPlatform not found");
  });
});
