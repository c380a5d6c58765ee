// `X.get(name, id)` on the real engine: what exists is read, and an id that nothing has is an error, for every kind.
import { definitions } from "@golive/provider";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";
import { rehearsalEnv } from "./rehearsal";

const nobodys = "01HZX3QK5S0000000000000000";
const ids = {
  Project: `project_${nobodys}`,
  Environment: `environment_${nobodys}`,
  Application: `app_${nobodys}`,
  ApiKey: `api_key_${nobodys}`,
  FeatureFlag: `flag_${nobodys}`,
  FeatureFlagRule: `flag_${nobodys}/environment_${nobodys}`,
  WebhookEndpoint: `we_${nobodys}`,
} as const satisfies Record<keyof typeof definitions, string>;
const got = (kinds: object) => `const golive = require("@golive/pulumi");
for (const [kind, id] of Object.entries(${JSON.stringify(kinds)})) golive[kind].get(kind, id);`;

let rehearsal: Rehearsal;
let stack: Stack;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  stack = await createStack({ program: got(ids), env: rehearsalEnv(rehearsal) });
});
afterAll(async () => {
  await stack.dispose();
  await rehearsal.close();
});

it("an id that nothing has is an error of each kind, and of a preview", async () => {
  const { diagnostics } = await stack.up({ expectFailure: true, args: ["--continue-on-error"] });
  const said = diagnostics.map(({ message }) => message).join("\n");
  for (const [kind, id] of Object.entries(ids))
    expect(said).toContain(`${kind} (${id}) could not be read: there is no such ${kind} for these credentials.`);
  expect((await stack.export()).resources.filter(({ type }) => type.includes("golive"))).toEqual([]);
  stack.write(got({ Project: ids.Project }));
  const { stdout } = await stack.preview({ expectFailure: true });
  expect(stdout).toContain("there is no such Project for these credentials");
});

it("what exists is read, also once it is in state", async () => {
  const { id, environments } = rehearsal.projects[0]!;
  stack.write(`${got({ Project: id, Environment: environments[0]!.id })}
const project = golive.Project.get("shop", "${id}");
new golive.FeatureFlag("flag", { project, slug: "beta", name: "Beta" });
exports.name = project.name;`);
  await stack.up();
  expect(await stack.outputs()).toEqual({ name: rehearsal.projects[0]!.name });
  expect((await stack.preview()).steps.filter(({ op }) => !["same", "read"].includes(op))).toEqual([]);
  expect((await stack.refresh()).steps.filter(({ op }) => !["same", "refresh", "read"].includes(op))).toEqual([]);
});
