// What would let a production past its checklist without a word: each is refused by the preview, on the real engine.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Stack } from "../engine/harness";
import { type Account, beforeProduction, type Config, configure, exampleConfig } from "./account";

type Change = (config: Config) => Config;

describe("what would let a production pass unseen", () => {
  let account: Account;
  let stack: Stack;
  beforeAll(async () => void ({ account, production: stack } = await beforeProduction()), 180_000);
  afterAll(() => account.close());
  const component =
    '// @ts-nocheck\nconst golive = require("@golive/pulumi"); const pulumi = require("@pulumi/pulumi");';
  const stage = 'const stage = new golive.Stage("stage");';

  test.each<[what: string, program: string, config: Change, expected: string]>([
    [
      "the checklist comes when the stage has gone ahead",
      `${component} module.exports = async () => { ${stage} await null; await null; new golive.GoLive("go-live", { stage }); };`,
      (config) => config,
      "make it right behind the stage, before any `await`",
    ],
    [
      "no stage, and no type in config",
      `${component} new golive.GoLive("go-live"); new golive.Project("p", { name: "P" });`,
      () => ({ enforce: true }),
      'GoLive "go-live": is this production? Set `type` in config',
    ],
    [
      "flags of this very program, which a preview does not know",
      `${component}
const project = new golive.Project("project", { name: "Here" });
const beta = new golive.FeatureFlag("beta", { project, slug: "beta", name: "Beta" });
const flagIds = pulumi.all([beta.slug, beta.id]).apply(([slug, id]) => ({ [slug]: id }));
const stage = new golive.Stage("stage", { project, flagIds });
new golive.GoLive("go-live", { stage });`,
      ({ shared: _, flags: __, ...config }) => ({ ...config, keys: {}, deletionProtection: false }),
      "[deletion-protection]",
    ],
    [
      "an inventory of another shape",
      `${component} ${stage} new golive.GoLive("go-live", { stage }); exports.ids = stage.clientIds;`,
      (config) => ({ ...config, staging: "organization/go-live-shared/shared" }),
      "organization/go-live-shared/shared has no output `inventory` of a stage",
    ],
    [
      "a word that only the arguments can say",
      `${component} ${stage} new golive.GoLive("go-live", { stage, confirmed: [] }); exports.ids = stage.clientIds;`,
      (config) => config,
      'Then add "organizations" to `confirmed`.',
    ],
    [
      "a wrong word among the arguments",
      `${component} ${stage} new golive.GoLive("go-live", { stage, confirmed: ["organisations"] });`,
      (config) => config,
      'GoLive: confirmed[0] is "organisations", which no item has',
    ],
    [
      "a wrong word among the arguments of a stage",
      `${component} new golive.Stage("stage", { goLive: { confirmed: ["organisations"] } });`,
      (config) => config,
      'Stage "stage": goLive.confirmed[0] is "organisations", which no item has',
    ],
    [
      "a checklist that the stage has and one beside it",
      `${component} const stage = new golive.Stage("stage", { goLive: {} }); new golive.GoLive("go-live", { stage });`,
      (config) => config,
      'GoLive "go-live": its stage has a checklist, `goLive`, already: remove one of the two.',
    ],
    [
      "the stage's own checklist, with flags of this very program",
      `${component}
const project = new golive.Project("project", { name: "Here" });
const beta = new golive.FeatureFlag("beta", { project, slug: "beta", name: "Beta" });
const flagIds = pulumi.all([beta.slug, beta.id]).apply(([slug, id]) => ({ [slug]: id }));
new golive.Stage("stage", { project, flagIds, goLive: { enforce: true } });`,
      ({ shared: _, flags: __, enforce: ___, ...config }) => ({ ...config, keys: {}, deletionProtection: false }),
      "[deletion-protection]",
    ],
    [
      "the stage's own checklist, its settings among the arguments",
      `${component} new golive.Stage("stage", { goLive: { enforce: true, confirmed: [], staging: "organization/go-live/staging" } });`,
      ({ enforce: _, confirmed: __, staging: ___, ...config }) => config,
      'Then add "organizations" to `confirmed`.',
    ],
  ])(
    "%s: the preview says so",
    async (_, source, changed, expected) => {
      configure(stack, changed(exampleConfig("production")));
      stack.write({ "index.ts": source });
      expect((await stack.preview({ expectFailure: true })).stdout).toContain(expected);
    },
    60_000,
  );

  test("an inline program of the Automation API ends with the refusal", async () => {
    configure(stack, { ...exampleConfig("production"), confirmed: [] });
    stack.write({
      "inline.cjs": `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
${component}
const program = async () => {
  ${stage}
  new golive.GoLive("go-live", { stage });
  return { ids: stage.clientIds };
};
LocalWorkspace.selectStack({ stackName: "production", projectName: "go-live", program }, { workDir: __dirname })
  .then((inline) => inline.preview())
  .then(() => console.log("went through"), (error) => console.log(error.message));`,
    });
    const env = { ...process.env, ...account.backend.env, ...account.env };
    const { stdout } = await promisify(execFile)(process.execPath, ["inline.cjs"], {
      cwd: stack.folder,
      env,
      timeout: 45_000,
    });
    expect(stdout).toContain("[organizations] Organizations and connections are re-created");
    expect(stdout).not.toContain("went through");
    expect(account.writes()).toEqual([]);
  }, 60_000);
});
