import { refusalOf } from "@golive/provider/platforms/workos/dashboard/refusals";
import { createRehearsal } from "@golive/rehearsal";
import { describe, expect, test } from "vitest";
import { adapter, storeOf } from "./rig";

const exchange = { method: "POST", url: "graphql" };

describe("a typed refusal is the error that it is", () => {
  test.each<[failure: { __typename: string } & Record<string, unknown>, name: string, words: RegExp]>([
    [{ __typename: "FlagNotFound", flagId: "flag_1" }, "NotFound", /FlagNotFound.*flag_1/],
    [{ __typename: "ProjectNameAlreadyUsed", name: "Shop" }, "Conflict", /"Shop"/],
    [{ __typename: "FlagAlreadyExists", slug: "beta" }, "Conflict", /"beta"/],
    [{ __typename: "DuplicateWebhookEndpoint", endpointUrl: "https://a.example.com" }, "Conflict", /a\.example\.com/],
    [
      { __typename: "InvalidRedirectUriError", message: "No http.", uri: "http://a" },
      "Invalid",
      /No http\..*http:\/\/a/,
    ],
    [{ __typename: "UserlandApplicationValidationFailed", message: "No name." }, "Invalid", /No name\./],
    [{ __typename: "MultipleDefaultUrisError", message: "Two." }, "Invalid", /Two\./],
    [{ __typename: "UnknownWebhookEvent", message: "No such event.", event: "a.b" }, "Invalid", /a\.b/],
    [{ __typename: "ProductionEnvironmentRequiresBilling", message: "Locked." }, "Refused", /Add billing.*pulumi up/],
    [
      {
        __typename: "EnvironmentMoveBlocked",
        message: "No.",
        missing: [
          { kind: "flag", name: "a" },
          { kind: "tag", name: "b" },
        ],
      },
      "Refused",
      /flag "a", tag "b"/,
    ],
    [
      { __typename: "ProjectNotEmpty", message: "No.", environments: [{ id: "environment_1", name: "QA" }] },
      "Refused",
      /"QA" \(environment_1\)/,
    ],
    [{ __typename: "EnvironmentCannotDeleteBuiltIn", message: "Stays." }, "Refused", /Stays\./],
    [{ __typename: "SomethingNew" }, "Invalid", /SomethingNew/],
  ])("%j", (failure, name, words) => {
    const error = refusalOf("operation", failure, exchange);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(words);
  });

  test("a secret that a server echoes is not repeated", () => {
    const failure = { __typename: "ApiKeyInvalid", message: "sk_live_abcdefghijkl is taken" };
    expect(refusalOf("mintKey", failure, exchange).message).not.toContain("abcdefghijkl");
  });
});

test("a token that is not valid is an error for every verb, and says where the token came from", async () => {
  const rehearsal = await createRehearsal();
  try {
    const stranger = adapter(rehearsal, { token: "nobody" });
    await expect(stranger.account()).rejects.toMatchObject({
      name: "Unauthorized",
      message: expect.stringMatching(/the test's token/),
    });
    for (const kind of [
      "Project",
      "Environment",
      "Application",
      "ApiKey",
      "FeatureFlag",
      "FeatureFlagRule",
      "WebhookEndpoint",
    ] as const)
      await expect(storeOf(stranger, kind).read("x_1/y_1", {}), kind).rejects.toMatchObject({ name: "Unauthorized" });
  } finally {
    await rehearsal.close();
  }
});
