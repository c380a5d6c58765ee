import { GraphQLError } from "graphql";
import type { ConnectData } from "../../domain/connect";
import type { Row } from "../../store/database";
import type {
  ApplicationData,
  EnvironmentData,
  FlagData,
  KeyData,
  ProjectData,
  RuleData,
  WebhookData,
} from "../../store/objects";
import type { ResolverContext } from "./scope";
import { applicationView, connectView, keyView, webhookView } from "./views/applications";
import { flagView, ruleView } from "./views/flags";
import { environmentView, projectView } from "./views/team";

export type Result = { readonly __typename: string } & Readonly<Record<string, unknown>>;
export type Input<F extends (...args: never[]) => unknown> = Parameters<F>[1];

/** The rows in a result, as the schema shows them. */
const views: Readonly<Record<string, (context: ResolverContext, row: never) => unknown>> = {
  project: (context, row: Row<ProjectData>) => projectView(context, row),
  environment: (context, row: Row<EnvironmentData>) => environmentView(context, row),
  environments: (context, rows: Row<EnvironmentData>[]) => rows.map((row) => environmentView(context, row)),
  userlandApplication: (context, row: Row<ApplicationData>) => applicationView(context, row),
  key: (_context, row: Row<KeyData>) => keyView(row),
  flag: (context, row: Row<FlagData>) => flagView(context, row),
  application: (context, row: Row<ConnectData>) => connectView(context, row),
  flagEnvironment: (context, row: Row<RuleData>) => ruleView(context, row),
  webhookEndpoint: (_context, row: Row<WebhookData>) => webhookView(row),
};
const shown = (context: ResolverContext, result: Result): Result =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, views[name] ? views[name](context, value as never) : value]),
  ) as Result;

/** A mutation of one `input`. */
export const mutation =
  <I>(run: (context: ResolverContext, input: I) => Result) =>
  ({ input }: { input: I }, context: ResolverContext): Result =>
    shown(context, run(context, input));

/** What a mutation that answers an object, and no union, says of a refusal that has no message of its own. */
const sentences: Readonly<Record<string, (result: Result) => string>> = {
  EnvironmentNotFound: ({ environmentId }) => `There is no environment ${environmentId}.`,
  EnvironmentNameAlreadyUsed: ({ name }) => `The project has an environment named '${name}'.`,
  WebhookEndpointNotFound: ({ webhookEndpointId }) => `There is no webhook endpoint ${webhookEndpointId}.`,
  DuplicateWebhookEndpoint: ({ endpointUrl }) => `The environment has an endpoint with the URL '${endpointUrl}'.`,
};
function refusalOf(result: Result): GraphQLError {
  const { __typename, message } = result;
  const code = __typename.endsWith("NotFound") ? "NOT_FOUND" : "BAD_USER_INPUT";
  return new GraphQLError(String(message ?? sentences[__typename]!(result)), { extensions: { code } });
}
/** The success of one that answers an object. */
export function succeeded(context: ResolverContext, result: Result, success: string): Result {
  if (result.__typename !== success) throw refusalOf(result);
  return shown(context, result);
}
