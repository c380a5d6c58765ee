// Production is safe on the real engine: what would be lost is refused at preview, all of it, and one deploy must switch
// the protection off before another may delete.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const head = `const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Safe" });
const other = new golive.Project("other", { name: "Other" });`;
const live = (more: string) => `${head}
new golive.Environment("eu", { project, name: "EU", type: "production", ${more} });
new golive.Environment("us", { project, name: "US", type: "production", ${more} });`;

describe("production environments", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  const words = (text: string) => text.replaceAll(/\s+/g, " ");
  const names = () => rehearsal.projects.flatMap(({ environments }) => environments.map(({ name }) => name));

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    await dashboard(rehearsal).query("mutation { setUpBilling { __typename } }");
    stack = await createStack({ program: live(""), env: rehearsalEnv(rehearsal) });
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("are not deleted with their lines of program: preview lists each", async () => {
    stack.write(head);
    const { diagnostics } = await stack.preview({ expectFailure: true });
    const refused = diagnostics.filter(
      ({ severity, message }) => severity === "error" && message.includes("protected"),
    );
    expect(refused.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2)).toSorted()).toEqual(["eu", "us"]);
    await stack.up({ expectFailure: true });
    expect(names()).toEqual(expect.arrayContaining(["EU", "US"]));
  });

  it("are not deleted behind the engine's back either, and the error says what would be lost", async () => {
    stack.write(live(""));
    await stack.cli(["state", "unprotect", "--all", "--yes"]);
    const { stdout } = await stack.destroy({ expectFailure: true });
    expect(words(stdout)).toContain("deletionProtection is on, and with it would go its users, organizations");
    expect(names()).toEqual(expect.arrayContaining(["EU", "US"]));
  });

  it("never convert", async () => {
    stack.write(live("").replaceAll(`type: "production"`, `type: "staging"`));
    const before = rehearsal.requestCount();
    const { stdout } = await stack.preview({ expectFailure: true });
    expect(words(stdout)).toContain(
      `type: cannot change from "production" to "staging": no platform converts`.replace("type: ", ""),
    );
    expect(rehearsal.requestCount()).toBe(before);
  });

  it("move only when nothing they depend on is missing, which is listed by name", async () => {
    const flagged = `${live("")}
const flags = ["one", "two"].map((slug) => new golive.FeatureFlag(slug, { project, slug, name: slug }));
const place = new golive.Environment("place", { project: process.env.MOVED ? other : project, name: "Place", type: "staging" });
for (const [i, flag] of flags.entries()) new golive.FeatureFlagRule("rule" + i, { flag, environment: place, enabled: true, access: "all" });`;
    stack.write(flagged);
    await stack.up();
    const { stdout } = await stack.up({ expectFailure: true, env: { MOVED: "yes" } });
    for (const flag of ["one", "two"]) expect(words(stdout)).toContain(`feature flag "${flag}"`);
    expect(rehearsal.projects.find(({ name }) => name === "Safe")!.environments.map(({ name }) => name)).toContain(
      "Place",
    );
    // without what holds it back it moves, in place
    stack.write(flagged.replace(/for \(const \[i, flag\].*$/m, ""));
    await stack.up();
    const moved = await stack.up({ env: { MOVED: "yes" } });
    expect(moved.summary).toMatchObject({ update: 1, replace: 0, delete: 0 });
    expect(rehearsal.projects.find(({ name }) => name === "Other")!.environments.map(({ name }) => name)).toContain(
      "Place",
    );
  });

  it("go once one deploy has switched the protection off", async () => {
    stack.write(live("deletionProtection: false"));
    await stack.up();
    stack.write(head);
    expect((await stack.up()).summary.delete).toBeGreaterThanOrEqual(2);
    expect(names()).not.toEqual(expect.arrayContaining(["EU"]));
  });
});
