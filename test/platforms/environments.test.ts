import { describe, expect, test } from "vitest";
import { fresh, requestsOf } from "./fresh";
import { object, storeOf } from "./rig";

const here = fresh();

describe("environments", () => {
  test("the one that came with the project is claimed under its name, in any case", async () => {
    const { platform, project, staging } = here;
    const { claim } = object(platform, "Environment", { project, name: "staging", type: "staging" });
    expect(await claim()).toMatchObject({ id: staging, state: { name: "Staging", type: "staging", project } });
  });
  test("another name claims nothing", async () => {
    const { platform, project } = here;
    expect(await object(platform, "Environment", { project, name: "QA", type: "staging" }).claim()).toBeUndefined();
  });
  test("the same name with the other type is refused", async () => {
    const { platform, project } = here;
    const { claim } = object(platform, "Environment", { project, name: "Production", type: "staging" });
    await expect(claim()).rejects.toThrow(/is a production environment, and staging is declared/);
  });
  test("production in a locked account is refused with the step, before anything is made", async () => {
    const { platform, project } = here;
    const declared = object(platform, "Environment", { project, name: "Live", type: "production" });
    await expect(declared.claim()).rejects.toThrow(/billing.*pulumi up/s);
    await expect(declared.create()).rejects.toMatchObject({ name: "Refused" });
    expect(await declared.find()).toBeUndefined();
  });
  test("the built-in one is kept on delete, with a sentence", async () => {
    const { platform, real, staging } = here;
    expect(await storeOf(platform, "Environment").delete(staging, {})).toMatch(/came with project .* and stays/);
    expect(await storeOf(real, "Environment").delete(staging, {})).toMatch(/came with project .* and stays/);
  });
  test("a move names what the destination lacks, then moves", async () => {
    const { platform, project, count } = here;
    const other = await object(platform, "Project", { name: `Other ${count}` }).create();
    const declared = object(platform, "Environment", { project, name: "QA", type: "staging" });
    const { id } = await declared.create();
    const flag = object(platform, "FeatureFlag", { project, slug: "beta", name: "Beta" });
    const { id: flagId } = await flag.create();
    const rule = { flag: flagId, environment: id, enabled: true, access: "all" };
    await object(platform, "FeatureFlagRule", rule).update(`${flagId}/${id}`, { enabled: true, access: "all" });
    await expect(declared.update(id, { project: other.id })).rejects.toThrow(/lacks: .*"?beta"?/i);
    await flag.store.delete(flagId, {});
    expect(await declared.update(id, { project: other.id })).toMatchObject({ state: { project: other.id } });
  });
  test("what only the rehearsal can is unsupported at the real API, with the step by hand", async () => {
    const { real, project } = here;
    const declared = object(real, "Environment", { project, name: "QA", type: "staging" });
    const { id } = await declared.create();
    await expect(declared.update(id, { project: "project_2" })).rejects.toThrow(/move it in the dashboard/);
    await expect(declared.store.delete(id, {})).rejects.toThrow(/retainOnDelete/);
    await expect(storeOf(real, "Project").delete(project, {})).rejects.toThrow(/retainOnDelete/);
    await expect(declared.store.delete(id, {})).rejects.toMatchObject({ name: "Unsupported" });
  });
  test("an unknown id is sent to ask of itself, and nothing else: the server would take it for production", async () => {
    const { platform } = here;
    const nowhere = { environment: "environment_unknown", name: "web", url: "https://a.example.com", events: ["a"] };
    const { events, url, ...app } = nowhere;
    const made = await requestsOf(here, async () => {
      await expect(object(platform, "Application", app).create()).rejects.toThrow(/no environment environment_unknown/);
      const { name, ...hook } = nowhere;
      await expect(object(platform, "WebhookEndpoint", hook).create()).rejects.toThrow(/no environment/);
      await expect(object(platform, "ApiKey", app).create()).rejects.toThrow(/no environment/);
      await expect(object(platform, "ApiKey", app).find()).rejects.toThrow(/no environment/);
    });
    expect(Object.keys(made)).toEqual(["currentTeam", "environment"]);
  });
});
