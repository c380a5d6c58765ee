// Organizations and projects of PostHog: claimed, adopted, made, renamed, deleted, moved by hand.
import { createRehearsal } from "@golive/rehearsal";
import { describe, expect, test } from "vitest";
import { adapter, declared, failure, object, refusals, requestsOf, world } from "./rig";

describe("an organization", () => {
  const here = world();
  test.each(["name", "slug", "id"] as const)("is claimed by its %s, which stays as it was written", async (by) => {
    const called = here.rehearsal.posthog.organization[by];
    const project = object(here.platform, "Project", { name: called });
    expect(await project.claim()).toMatchObject({ id: here.organization, state: { name: called } });
    expect((await project.store.read(here.organization, { name: called }))?.state.name).toBe(called);
  });
  test("is never made, renamed or deleted", async () => {
    const project = object(here.platform, "Project", { name: "Nowhere" });
    expect(await project.claim()).toBeUndefined();
    expect(await failure(project.create())).toMatch(/reaches no organization "Nowhere".*makes no organization/);
    expect(await failure(project.update(here.organization, { name: "Renamed" }))).toMatch(
      /golive renames no organization/,
    );
    expect(await project.delete(here.organization)).toMatch(/stays, with all that is in it/);
  });
});

describe("a project", () => {
  const here = world();
  const environment = (name: string, type = "staging") =>
    object(here.platform, "Environment", { project: here.organization, name, type });

  test("the untouched one is given to the first that asks, and to no other", async () => {
    const dev = environment("Dev", "development");
    const claimed = await dev.claim();
    expect(claimed).toMatchObject({ id: here.project, state: { name: "Default project", project: here.organization } });
    expect(await environment("Staging").claim()).toBeUndefined();
    expect(await dev.claim()).toMatchObject({ id: here.project });
    const inputs = declared("Environment", { project: here.organization, name: "Dev", type: "development" });
    const named = await dev.store.update(claimed!.id, { inputs, held: {}, fields: new Set(["name"]) });
    expect(named.state).toMatchObject({ name: "Dev", token: expect.stringMatching(/^phc_/) as string });
    expect(await environment("Production", "production").claim()).toBeUndefined();
  });
  test("is found whatever the case of its name, renamed in place, and gone once its deletion is asked for", async () => {
    const made = await environment("Staging").create();
    expect(await environment(" sTAGING ").find()).toMatchObject({ id: made.id });
    const again = environment("Staging");
    again.keep(made);
    await again.update(made.id, { project: here.organization, name: "Stage 2", type: "staging" });
    expect((await again.read(made.id))?.state.name).toBe("Stage 2");
    await again.delete(made.id);
    expect(await again.read(made.id)).toBeUndefined();
    expect(await environment("Stage 2").find()).toBeUndefined();
    await again.delete(made.id);
  });
  test("is adopted by name or id", async () => {
    const made = await environment("Adopted").create();
    expect(await environment("Adopted").store.read("adopted", { project: here.organization })).toMatchObject({
      id: made.id,
    });
    expect(await environment("Adopted").store.read(made.id, {})).toMatchObject({ state: { name: "Adopted" } });
  });
  test("a name that exists is a conflict in the server's words", async () => {
    await environment("Twice").create();
    expect(await failure(environment("TWICE").create())).toMatch(/^Conflict: .*already a project called "TWICE"/);
  });
  test("a move is refused with the step by hand, and followed once somebody took it", async () => {
    const target = here.rehearsal.posthog.addOrganization({ name: "Target" }).organization.id;
    const platform = adapter(here.rehearsal, { apiKey: here.rehearsal.posthog.key });
    const own = { project: here.organization, name: "Mover", type: "staging" };
    const of = object(platform, "Environment", own);
    const made = await of.create();
    expect(refusals(platform, "Environment", { ...own, project: target }, own)).toEqual([
      expect.stringMatching(/^project no key moves a project.*pulumi refresh/),
    ]);
    here.rehearsal.posthog.moveProject(Number(made.id), target);
    expect((await of.read(made.id))?.state).toMatchObject({ project: target, token: made.state.token });
    const token = here.rehearsal.posthog.resetToken(Number(made.id));
    expect((await of.read(made.id))?.state.token).toBe(token);
    // and the program that says where it is now has nothing left to do
    const after = await platform.stores.Environment!.update(made.id, {
      inputs: { ...own, project: target } as never,
      held: own as never,
      fields: new Set(["project"]),
    });
    expect(after.state.project).toBe(target);
  });
});

describe("room in the plan", () => {
  test("is asked before the first of several is made", async () => {
    const rehearsal = await createRehearsal({ posthog: { projects: 2, rateLimits: false } });
    const { organization, key } = rehearsal.posthog;
    const platform = adapter(rehearsal, { apiKey: key });
    const all = ["Dev", "Staging", "Production"].map((name) => ({ project: organization.id, name, type: "staging" }));
    for (const one of all) expect(refusals(platform, "Environment", one)).toEqual([]);
    expect(await failure(object(platform, "Environment", all[0]!).claim())).toMatch(
      /holds 2 projects, 1 is there, and 2 more are declared; nothing was made.*Upgrade the plan/,
    );
    expect(rehearsal.posthog.projects).toHaveLength(1);
    await rehearsal.close();
  });
  test("one that waits for its end counts at the server, which says so", async () => {
    const rehearsal = await createRehearsal({ posthog: { projects: 2, rateLimits: false } });
    const { organization, key } = rehearsal.posthog;
    const platform = adapter(rehearsal, { apiKey: key });
    const of = (name: string) => object(platform, "Environment", { project: organization.id, name, type: "staging" });
    const made = await of("One").create();
    await of("One").delete(made.id);
    expect(await failure(of("Two").create())).toMatch(/^Refused: .*maximum limit.*counts until it is purged/);
    await rehearsal.close();
  });
  test("the last project of an organization that pays stays", async () => {
    const rehearsal = await createRehearsal({ posthog: { projects: 2, rateLimits: false } });
    const { organization, key, projects } = rehearsal.posthog;
    const of = object(adapter(rehearsal, { apiKey: key }), "Environment", {
      project: organization.id,
      name: "x",
      type: "staging",
    });
    expect(await failure(of.delete(String(projects[0]!.id)))).toMatch(/^Refused: .*last project.*make another first/);
    await rehearsal.close();
  });
});

describe("who is let in", () => {
  const here = world();
  const rule = () => ({ flag: `${here.organization}/x`, environment: here.project, enabled: true });
  const hook = () => ({ environment: here.project, url: "https://a.example.com/h", events: ["$pageview"] });

  test("what a key lacks for all that is planned is named before the first write", async () => {
    const apiKey = here.rehearsal.posthog.addKey({ label: "ci", scopes: ["project:read", "feature_flag:read"] });
    const platform = adapter(here.rehearsal, { apiKey });
    expect(refusals(platform, "FeatureFlagRule", rule())).toEqual([]);
    expect(refusals(platform, "WebhookEndpoint", hook())).toEqual([]);
    const sent = await requestsOf(here, async () =>
      expect(await failure(object(platform, "FeatureFlagRule", rule()).create())).toMatch(
        /lacks the scopes `feature_flag:write`, `hog_function:write`, and nothing was written.*the test's apiKey/,
      ),
    );
    expect(sent).toEqual(["GET /api/personal_api_keys/@current/"]);
  });
  test("what stays as it is needs no scope", async () => {
    const apiKey = here.rehearsal.posthog.addKey({ label: "flags", scopes: ["feature_flag:write"] });
    const platform = adapter(here.rehearsal, { apiKey });
    expect(refusals(platform, "WebhookEndpoint", hook(), declared("WebhookEndpoint", hook()))).toEqual([]);
    await object(platform, "FeatureFlagRule", rule()).create();
  });
  test("a key of some projects alone manages those, and its account is their organization", async () => {
    const apiKey = here.rehearsal.posthog.addKey({ label: "p", scopes: ["*"], scopedTeams: [Number(here.project)] });
    const platform = adapter(here.rehearsal, { apiKey });
    expect(await platform.account()).toMatchObject({ id: here.organization });
    expect((await object(platform, "WebhookEndpoint", hook()).create()).state.enabled).toBe(true);
  });
  test("a key that may not read organizations takes the declared one", async () => {
    const apiKey = here.rehearsal.posthog.addKey({ label: "o", scopes: ["project:write"] });
    const platform = adapter(here.rehearsal, { apiKey, organizationId: here.organization });
    expect(await platform.account()).toMatchObject({ id: here.organization });
  });
  test.each([
    ["phc_abcdefgh", "is the public token of a project"],
    ["phs_abcdefgh", "is a secret key of one project"],
    ["sk_test_abcdefgh", "is a key of another platform"],
  ])("%s is refused for what it is", (apiKey, words) => {
    const said = refusals(adapter(here.rehearsal, { apiKey }), "Project", { name: "x" }).join();
    expect(said).toContain(words);
    expect(said).not.toContain(apiKey);
  });
  test("a key that is wrong is told by what it is and where it came from", async () => {
    const platform = adapter(here.rehearsal, { apiKey: "phx_wrongwrongwrong" });
    expect(await failure(platform.account())).toMatch(
      /^Unauthorized: .*401.*Personal API key.*is invalid.*the test's apiKey/,
    );
  });
  test("Application is refused by name", () =>
    expect(refusals(here.platform, "Application", { environment: here.project, name: "web" }).join()).toMatch(
      /PostHog has no Application: applications share the public token/,
    ));
});
