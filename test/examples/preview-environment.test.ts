// @pulumi/random needs a plugin that the engine downloads for a user; where it cannot be downloaded this program runs on
// Pulumi's own mocks. They cannot tell that an output is a secret: test/engine does.
import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../examples/preview-environment/", import.meta.url));
interface Made {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}
const made = new Map<string, Made>();

beforeAll(() => {
  console.log(
    "examples/preview-environment runs on Pulumi's mocks: the plugin pulumi-resource-random may not be downloadable here",
  );
  void pulumi.runtime.setMocks(
    {
      newResource({ name, type, inputs }) {
        made.set(name, { type, inputs: inputs as Record<string, unknown> });
        // what the shared stack tells
        if (type === "pulumi:pulumi:StackReference")
          return { id: name, state: { ...inputs, outputs: { projectId: "project_1" } } };
        return { id: type.startsWith("random:") ? "quiet-otter" : `${name}_id`, state: inputs };
      },
      call: ({ inputs }) => inputs,
    },
    "preview-environment",
    "pr-123",
    false,
  );
  pulumi.runtime.setAllConfig({
    "preview-environment:url": "https://pr-123.preview.example.com",
    "preview-environment:shared": "organization/go-live-shared/shared",
  });
});

it("makes a staging environment of its own, with all of it inside", async () => {
  const source = readFileSync(`${folder}index.ts`, "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { environmentId?: pulumi.Output<string> } = {};
  // the program's own folder resolves its dependencies
  new Function("require", "exports", outputText)(createRequire(`${folder}index.js`), exported);
  const id = await new Promise((resolve) => exported.environmentId!.apply(resolve));
  await new Promise((resolve) => pulumi.output([...made.keys()]).apply(resolve));
  expect(id).toBe("environment_id");
  expect(made.get("environment")).toEqual({
    type: "pulumi-nodejs:dynamic/golive:Environment",
    inputs: expect.objectContaining({ name: "pr-123 quiet-otter", type: "staging" }) as object,
  });
  await expect
    .poll(() => [...made.keys()].toSorted())
    .toEqual(expect.arrayContaining(["ci", "environment", "suffix", "web"]));
  for (const name of ["web", "ci"])
    expect(made.get(name)!.inputs).toMatchObject({ environment: "environment_id", environmentType: "staging" });
});
