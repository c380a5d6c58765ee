// Functions in a program on the real engine, through both doors.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";
import { rehearsalEnv } from "./rehearsal";

const program = `
const golive = require("@golive/pulumi");
module.exports = (async () => {
  const project = new golive.Project("project", { name: "Functions" });
  const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
  const before = await golive.getProject({ name: "Default" });
  return {
    before: before.projectId,
    made: environment.id,
    // the resource itself, and waiting for another
    found: golive.getEnvironmentOutput({ project, name: "QA" }, { dependsOn: [environment] }).environmentId,
    inParity: golive.getParityOutput({ staging: environment, production: environment }).inParity,
  };
})();
`;
const explicit = `
const golive = require("@golive/pulumi");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const provider = new golive.Provider("own", { rehearsal: config.require("rehearsal"), token: config.requireSecret("token") });
module.exports = (async () => ({
  direct: (await golive.getProject({ name: "Default" }, { provider })).projectId,
  output: golive.getProjectOutput({ name: "Default" }, { provider }).projectId,
}))();
`;
const wrong = `
const golive = require("@golive/pulumi");
golive.getProjectOutput({ name: "Defualt" });
`;

describe.each(["dynamic", "plugin"])("functions behind the %s door", (door) => {
  let rehearsal: Rehearsal;
  const stacks: Stack[] = [];
  const stackOf = async (source: string, options: object): Promise<Stack> => {
    const stack = await createStack({ program: { "index.js": source }, ...options });
    stacks.push(stack);
    await stack.setConfig({ "golive:door": door });
    return stack;
  };
  beforeAll(async () => {
    rehearsal = await createRehearsal();
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.dispose();
    await rehearsal.close();
  });

  it("are asked at once where all is known, and after what they wait for", async () => {
    const stack = await stackOf(program, { env: rehearsalEnv(rehearsal) });
    // asks for the one project that there is, and for nothing that is not made yet
    await stack.preview();
    await stack.up();
    const { before, made, found, inParity } = await stack.outputs();
    expect(before).toMatch(/^project_/);
    expect(found).toBe(made);
    expect(inParity).toBe(true);
    // an unchanged stack stays unchanged
    const { steps } = await stack.preview();
    expect(steps.filter(({ op, type }) => op !== "same" && type !== "pulumi:pulumi:Stack")).toEqual([]);
    await stack.destroy();
  });

  it("take the settings of an explicit provider, whose secrets make no secret of the answer", async () => {
    const { url, token } = rehearsal;
    const stack = await stackOf(explicit, { config: { "test:rehearsal": url, "test:token": { secret: token } } });
    await stack.preview();
    await stack.up();
    const { stdout } = await stack.cli(["stack", "output", "--json"]);
    const { direct, output } = JSON.parse(stdout) as Record<string, string>;
    expect(direct).toMatch(/^project_/);
    expect(output).toBe(direct);
    expect((await stack.export()).text).not.toContain(token);
  });

  it("say what is wrong, and stop the program", async () => {
    const stack = await stackOf(wrong, { env: rehearsalEnv(rehearsal) });
    const { stdout, stderr } = await stack.preview({ expectFailure: true });
    const said = `${stdout}${stderr}`.replaceAll(/\s+/g, " ");
    expect(said).toContain('there is no Project with name "Defualt"');
    expect(said).toContain('Did you mean name "Default"?');
  });
});
