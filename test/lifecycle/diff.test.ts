import { type Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { lifecycle } from "@golive/provider/lifecycle";
import { changedInputs } from "@golive/provider/lifecycle/compare";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Bag, inputsOf } from "./declared";

const noConnection = () => ({ problems: [] });
/** The difference between state with the least declared and `was`, and the least and `is`. */
const diff = (kind: Kind, was: Bag, is: Bag) =>
  lifecycle(kind, noConnection).diff({ ...inputsOf(kind), account: "account_1", ...was }, { ...inputsOf(kind), ...is });

const none = { changes: false, changed: [], replaces: [], deleteBeforeReplace: false };
const redirect = (name: string, isDefault: boolean) => ({ uri: `https://${name}.example.com`, default: isDefault });

describe("no change", () => {
  test.each<[string, Kind, Bag, Bag]>([
    ["nothing changed", "Application", {}, {}],
    ["outputs in state", "Application", { applicationId: "app_1", clientSecret: "secret" }, {}],
    [
      "another order of redirect URIs",
      "Application",
      { redirectUris: [redirect("a", true), redirect("b", false)] },
      { redirectUris: [redirect("b", false), redirect("a", true)] },
    ],
    ["another order of events", "WebhookEndpoint", { events: ["b", "a"] }, { events: ["a", "b"] }],
    ["another order of tags", "FeatureFlag", { tags: ["b", "a"] }, { tags: ["a", "b"] }],
    ["null in state", "FeatureFlag", { description: null }, {}],
    [
      "a part of an object that is undefined",
      "Application",
      { sessions: { maxAge: 60 } },
      { sessions: { maxAge: 60, inactivity: undefined } },
    ],
    ["the default of a field that is new in golive", "WebhookEndpoint", { secretVersion: undefined }, {}],
    ["the same, of a field whose change replaces", "Application", { isDefault: undefined, kind: undefined }, {}],
    ["`adopt` comes", "Project", {}, { adopt: "project_1" }],
    ["`adopt` goes", "Project", { adopt: true }, {}],
    ["a choice that counts at creation only", "Project", { includeProduction: true }, { includeProduction: false }],
    [
      "people changed what is theirs",
      "FeatureFlagRule",
      { enabled: true, ownedBy: { enabled: "people" } },
      { enabled: false, ownedBy: { enabled: "people" } },
    ],
    [
      "people set what is theirs and was not declared",
      "FeatureFlagRule",
      { users: ["user_1"], ownedBy: { users: "people" } },
      { ownedBy: { users: "people" } },
    ],
  ])("%s", (_, kind, was, is) => expect(diff(kind, was, is)).toEqual(none));
});

describe("state of an older golive, where a part is new", () => {
  const schema = z.array(z.strictObject({ uri: z.string(), label: z.string().default("none") })).optional();
  const pages = { schema };
  test.each<[string, unknown, unknown, string[]]>([
    ["its default is no change", [{ uri: "a" }], [{ uri: "a", label: "none" }], []],
    ["another value is", [{ uri: "a" }], [{ uri: "a", label: "home" }], ["pages"]],
    ["so is another change beside it", [{ uri: "a" }], [{ uri: "b", label: "none" }], ["pages"]],
    ["a part that golive no longer knows is", [{ uri: "a", old: 1 }], [{ uri: "a", label: "none" }], ["pages"]],
  ])("%s", (_, held, declared, changed) => {
    expect(changedInputs({ pages }, { pages: held }, { pages: declared })).toEqual(changed);
  });
});

describe("update in place", () => {
  test.each<[string, Kind, Bag, Bag, string[]]>([
    ["a name", "Application", {}, { name: "shop" }, ["name"]],
    ["an environment moves", "Environment", {}, { project: "project_2" }, ["project"]],
    ["a URL", "WebhookEndpoint", {}, { url: "https://b.example.com" }, ["url"]],
    ["an event more", "WebhookEndpoint", {}, { events: ["user.created", "user.deleted"] }, ["events"]],
    [
      "another default redirect URI",
      "Application",
      { redirectUris: [redirect("a", true), redirect("b", false)] },
      { redirectUris: [redirect("a", false), redirect("b", true)] },
      ["redirectUris"],
    ],
    [
      "another order of logout URIs, whose first is the default",
      "Application",
      { logoutUris: ["https://a.example.com", "https://b.example.com"] },
      { logoutUris: ["https://b.example.com", "https://a.example.com"] },
      ["logoutUris"],
    ],
    ["a part of an object", "Application", { sessions: { maxAge: 60 } }, { sessions: { maxAge: 90 } }, ["sessions"]],
    ["a field is released", "FeatureFlagRule", { enabled: true }, {}, ["enabled"]],
    [
      "a field is emptied",
      "FeatureFlagRule",
      { access: "some", users: ["user_1"] },
      { access: "some", users: [] },
      ["users"],
    ],
    ["a field is declared for the first time", "FeatureFlagRule", {}, { enabled: false }, ["enabled"]],
    ["a credential is rotated", "ApiKey", {}, { version: 2 }, ["version"]],
    ["credentials are asked for", "Application", {}, { credentials: { version: 1 } }, ["credentials"]],
    [
      "protection is switched off",
      "Environment",
      { deletionProtection: true },
      { deletionProtection: false },
      ["deletionProtection"],
    ],
    [
      "code takes a field back from people",
      "FeatureFlagRule",
      { enabled: false, ownedBy: { enabled: "people" } },
      { enabled: true, ownedBy: { enabled: "code" } },
      ["enabled", "ownedBy"],
    ],
    [
      "a field is given to people",
      "FeatureFlagRule",
      { enabled: false },
      { enabled: true, ownedBy: { enabled: "people" } },
      ["ownedBy"],
    ],
    ["not known yet", "WebhookEndpoint", {}, { url: UNKNOWN }, ["url"]],
  ])("%s", (_, kind, was, is, changed) => {
    expect(diff(kind, was, is)).toEqual({ changes: true, changed, replaces: [], deleteBeforeReplace: false });
  });
});

describe("replacement: the old object goes first where the new one has the same natural key", () => {
  test.each<[string, Kind, Bag, Bag, string[], boolean]>([
    ["kind of an application", "Application", {}, { kind: "spa" }, ["kind"], true],
    ["organization", "Application", { organization: "org_1" }, { organization: "org_2" }, ["organization"], true],
    ["kind of a key", "ApiKey", {}, { kind: "publishable" }, ["kind"], true],
    ["application of a key", "ApiKey", { application: "app_1" }, { application: "app_2" }, ["application"], true],
    ["a released one", "ApiKey", { application: "app_1" }, {}, ["application"], true],
    ["environment of an application", "Application", {}, { environment: "environment_2" }, ["environment"], false],
    ["environment of a key", "ApiKey", {}, { environment: "environment_2" }, ["environment"], false],
    [
      "environment of a webhook endpoint",
      "WebhookEndpoint",
      {},
      { environment: "environment_2" },
      ["environment"],
      false,
    ],
    ["environment of a rule", "FeatureFlagRule", {}, { environment: "environment_2" }, ["environment"], false],
    ["flag of a rule", "FeatureFlagRule", {}, { flag: "flag_2" }, ["flag"], false],
    ["slug of a flag", "FeatureFlag", {}, { slug: "checkout" }, ["slug"], false],
    ["project of a flag", "FeatureFlag", {}, { project: "project_2" }, ["project"], false],
    ["kind and name at once", "Application", {}, { kind: "spa", name: "app" }, ["kind"], false],
  ])("%s", (_, kind, was, is, replaces, deleteBeforeReplace) => {
    expect(diff(kind, was, is)).toMatchObject({ changes: true, replaces, deleteBeforeReplace });
  });
});
