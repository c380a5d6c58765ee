// The dashboard plane as the public CLI's catalog of operations has it (workos/cli, src/catalog/mcp-catalog.snapshot.json, read
// 2026-11-23): names, argument types and result types. A client that was written against the catalog is valid here.
import { readFileSync } from "node:fs";
import { buildASTSchema, type ConstDirectiveNode, type GraphQLField, isUnionType, parse, visit } from "graphql";
import { describe, expect, test } from "vitest";

const text = readFileSync(new URL("../../rehearsal/workos/graphql/schema.graphql", import.meta.url), "utf8");
const unlessExtension = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] | undefined }) =>
  directives.some(({ name }) => name.value === "extension") ? null : undefined;
/** Without what the rehearsal adds. */
const schema = buildASTSchema(
  visit(parse(text), { FieldDefinition: unlessExtension, InputValueDefinition: unlessExtension }),
);
const signature = ({ args, type }: GraphQLField<unknown, unknown>): string => {
  const given = args.map((arg) => `${arg.name}: ${String(arg.type)}`).join(", ");
  return `(${given}): ${String(type).replaceAll("!", "")}`.replace("()", "");
};
const paged = "before: String, after: String, limit: Int";

describe("queries", () => {
  test.each([
    ["currentTeam", ": Team"],
    ["currentEnvironment", ": Environment"],
    ["me", ": User"],
    ["userlandApplication", "(id: ID!): UserlandApplication"],
    [
      "userlandApplications",
      `(environmentId: String!, search: String, order: PaginationOrder, ${paged}): UserlandApplicationList`,
    ],
    ["defaultUserlandApplication", "(environmentId: String!): UserlandApplication"],
    ["redirectUris", `(environmentId: String!, ${paged}): RedirectUriList`],
    ["defaultRedirectUri", "(environmentId: String!): RedirectURI"],
    ["logoutUris", "(environmentId: String!, limit: Int): LogoutUriList"],
    ["flag", "(id: ID!): Flag"],
    ["flagBySlug", "(projectId: String!, slug: String!): Flag"],
    ["webhookEndpoint", "(id: String!): WebhookEndpoint"],
    ["webhookEndpoints", `(environmentId: String!, ${paged}): WebhookEndpointList`],
    ["webhookEvents", ": [WebhookEvent]"],
    ["keys", "(environmentId: String!, applicationId: String, scope: KeyScope): KeyList"],
  ])("%s%s", (name, expected) => expect(signature(schema.getQueryType()!.getFields()[name]!)).toBe(expected));

  test.each([
    ["organizations", "OrganizationList", ["environmentId", "search", "before", "after", "limit", "order"]],
    ["flagsForProject", "FlagList", ["projectId", "search", "tags", "before", "after", "limit", "order"]],
    ["tags", "TagList", ["projectId"]],
  ])("%s answers %s", (name, type, args) => {
    const field = schema.getQueryType()!.getFields()[name]!;
    expect(String(field.type)).toBe(`${type}!`);
    expect(field.args.map((arg) => arg.name).toSorted()).toEqual(args.toSorted());
  });
});

describe("mutations", () => {
  const mutations = schema.getMutationType()!.getFields();
  test.each([
    ["createEnvironment", "(input: CreateEnvironmentInput!): CreateEnvironmentResponse"],
    ["renameEnvironment", "(input: RenameEnvironmentInput!): RenameEnvironmentPayload"],
    ["createWebhookEndpoint", "(endpointUrl: String!, environmentId: String!, events: [String!]!): WebhookEndpoint"],
    [
      "updateWebhookEndpoint",
      "(webhookEndpointId: String!, endpointUrl: String, state: WebhookEndpointState, events: [String!]): WebhookEndpoint",
    ],
    ["deleteWebhookEndpoint", "(id: String!): String"],
    ["setWebOrigins", "(environmentId: String!, origins: [String!]!, dryRun: Boolean): SetWebOriginsResult"],
  ])("%s%s", (name, expected) => expect(signature(mutations[name]!)).toBe(expected));

  test.each<[name: string, members: string[]]>([
    ["createProjectWithNewEnvironments", ["ProjectCreated", "ProjectNameAlreadyUsed"]],
    ["renameProject", ["ProjectRenamed", "ProjectNameAlreadyUsed", "ProjectNotFound"]],
    [
      "createUserlandApplication",
      ["UserlandApplicationCreated", "UserlandApplicationValidationFailed", "EnvironmentNotFound"],
    ],
    [
      "updateUserlandApplication",
      ["UserlandApplicationUpdated", "UserlandApplicationNotFound", "UserlandApplicationValidationFailed"],
    ],
    [
      "deleteUserlandApplication",
      ["UserlandApplicationDeleted", "UserlandApplicationNotFound", "UserlandApplicationCannotDeleteDefault"],
    ],
    [
      "setUserlandApplicationRedirectUris",
      ["RedirectUrisSet", "UserlandApplicationNotFound", "InvalidRedirectUriError", "InvalidWildcardRedirectUri"],
    ],
    [
      "setUserlandApplicationLogoutUris",
      [
        "LogoutUrisSet",
        "UserlandApplicationNotFound",
        "InvalidLogoutUriError",
        "InvalidWildcardLogoutUri",
        "MultipleDefaultUrisError",
      ],
    ],
    [
      "setUserlandApplicationWebOrigins",
      [
        "WebOriginsSet",
        "UserlandApplicationNotFound",
        "InvalidWebOriginProtocol",
        "InvalidWildcardWebOrigin",
        "MalformedWebOrigin",
        "WildcardNotAllowedInEnvironment",
      ],
    ],
    ["createFlag", ["ProjectNotFound", "FlagAlreadyExists", "FlagSlugInvalid", "FlagCreated"]],
    ["updateFlag", ["FlagNotFound", "FlagUpdated"]],
    ["deleteFlag", ["ProjectNotFound", "FlagNotFound", "FlagDeleted"]],
    ["updateFlagEnvironment", ["FlagEnvironmentNotFound", "FlagEnvironmentUpdated"]],
  ])("%s takes one input and answers a union", (name, members) => {
    const { args, type } = mutations[name]!;
    expect(args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([
      `input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!`,
    ]);
    const union = schema.getType(String(type).replaceAll("!", ""));
    if (!isUnionType(union)) throw new Error(`${name} answers no union`);
    expect(union.getTypes().map((member) => member.name)).toEqual(expect.arrayContaining(members));
  });
});

describe("inputs and objects", () => {
  const fieldsOf = (type: string) =>
    Object.keys((schema.getType(type) as unknown as { getFields(): object }).getFields());
  test.each<[type: string, fields: string[]]>([
    ["SetUserlandApplicationWebOriginsInput", ["applicationId", "dryRun", "origins"]],
    ["SetUserlandApplicationRedirectUrisInput", ["applicationId", "dryRun", "redirectUris"]],
    ["SetUserlandApplicationLogoutUrisInput", ["applicationId", "dryRun", "logoutUris"]],
    ["SetLogoutUrisInput", ["dryRun", "environmentId", "logoutUris"]],
    ["SetRedirectUrisInput", ["applicationId", "dryRun", "environmentId", "redirectUris"]],
    ["UpdateFlagInput", ["description", "flagId", "name", "tags", "userId"]],
    [
      "UpdateFlagEnvironmentInput",
      ["accessType", "defaultEnabled", "flagEnabled", "flagEnvironmentId", "organizationIds", "userIds"],
    ],
    ["WebhookEndpoint", ["createdAt", "endpointUrl", "events", "id", "state"]],
    ["Key", ["applicationId", "createdAt", "expiredAt", "id", "name", "platform"]],
    ["RedirectURI", ["id", "isDefault", "uri"]],
    ["LogoutUri", ["id", "isDefault", "uri"]],
    ["WebOriginsSet", ["origins"]],
  ])("%s has these fields and no other", (type, fields) => expect(fieldsOf(type).toSorted()).toEqual(fields));
});
