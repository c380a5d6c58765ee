// The real API knows none of the rehearsal's extensions: what is sent to it must be valid without them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Kind } from "@golive/provider";
import { Http, type Request } from "@golive/provider/http";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { buildASTSchema, type ConstDirectiveNode, parse, validate, visit } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configOf, object, storeOf } from "./rig";

const file = fileURLToPath(new URL("../../rehearsal/workos/graphql/schema.graphql", import.meta.url));
let extensions = 0;
const unlessExtension = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] | undefined }) => {
  if (!directives.some(({ name }) => name.value === "extension")) return undefined;
  extensions += 1;
  return null;
};
/** The dashboard API without what the rehearsal adds. */
const schema = buildASTSchema(
  visit(parse(readFileSync(file, "utf8")), {
    FieldDefinition: unlessExtension,
    InputValueDefinition: unlessExtension,
  }),
);

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict" });
});
afterAll(() => rehearsal.close());

const sent: string[] = [];
class Recorder extends Http {
  override send(request: Request) {
    const { query } = (request.json ?? {}) as { query?: string };
    if (query) sent.push(query);
    return super.send(request);
  }
}
const kinds: Kind[] = [
  "Project",
  "Environment",
  "Application",
  "ApiKey",
  "FeatureFlag",
  "FeatureFlagRule",
  "WebhookEndpoint",
];

test("the schema marks what the rehearsal adds", () => expect(extensions).toBeGreaterThan(10));

test("every request to the real API is valid there", async () => {
  const config = configOf({ token: rehearsal.token }, "workos", rehearsal.url);
  const real = workos.connect(config, new Recorder(config));
  const project = await object(real, "Project", { name: "Real" }).create();
  const environment = project.state.stagingEnvironmentId!;
  await object(real, "Environment", { project: project.id, name: "Staging", type: "staging" }).claim();
  const qa = object(real, "Environment", { project: project.id, name: "QA", type: "staging" });
  await qa.update((await qa.create()).id, { name: "QA 2" });
  const lists = {
    redirectUris: [{ uri: "https://a.example.com/cb", default: true }],
    corsOrigins: ["https://a.example.com"],
    sessions: { maxAge: 60 },
  };
  await object(real, "Application", { environment, name: "web", isDefault: true }).claim();
  const app = object(real, "Application", { environment, name: "app", ...lists });
  const { id: appId } = await app.create();
  await app.update(appId, { name: "app 2", logoutUris: ["https://a.example.com/bye"] });
  const cli = object(real, "Application", { environment, name: "cli", kind: "oauth", pkce: true });
  const { id: cliId } = await cli.create();
  await cli.update(cliId, { name: "cli 2", redirectUris: lists.redirectUris, description: "For the shell" });
  const hook = object(real, "WebhookEndpoint", { environment, url: "https://a.example.com", events: ["user.created"] });
  const { id: hookId } = await hook.create();
  await hook.update(hookId, { enabled: false });
  const flag = object(real, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta", defaultValue: true });
  const { id: flagId } = await flag.create();
  await flag.update(flagId, { name: "Beta 2" });
  const rule = object(real, "FeatureFlagRule", { flag: flagId, environment });
  await rule.update(`${flagId}/${environment}`, { enabled: true });
  await object(real, "ApiKey", { environment, name: "none" }).find();
  for (const kind of kinds) await storeOf(real, kind).list!({});
  await hook.store.delete(hookId, {});
  await app.store.delete(appId, {});
  await cli.store.delete(cliId, { kind: "oauth" });
  await flag.store.delete(flagId, {});
  await real.account();

  expect(sent.length).toBeGreaterThan(30);
  const faults = sent.flatMap((query) => validate(schema, parse(query)).map(({ message }) => `${message}: ${query}`));
  expect(faults).toEqual([]);
});

test("a request that uses one would be caught", () => {
  expect(validate(schema, parse("{ currentTeam { projectsV2 { environments { builtIn } } } }"))).toHaveLength(1);
});
