import { type Bag, type Failure, isUnknown } from "../../../define";
import { accountOfKey, type Confined } from "../../platform";
import type { WorkosConfig } from "../access";

/** Environments have ids of this form alone; a name or a slug in its place is a mistake that no request would show. */
const environmentId = /^environment_\w+$/;
/** The type of environment that a key of this beginning is for, by the convention of the official CLI. */
const kinds = { sk_test_: "staging", sk_live_: "production" } as const;

const isAlone = ({ apiKey, token }: WorkosConfig): boolean => apiKey !== undefined && token === undefined;
const malformed = (id: unknown): string | undefined =>
  typeof id === "string" && !isUnknown(id) && !environmentId.test(id)
    ? `"${id}" is no id of an environment: write it as the dashboard shows it, \`environment_…\``
    : undefined;

/** What is wrong about the environment of a declaration, as far as a key alone can tell. With a token the account says it. */
export function keyRefusals(config: WorkosConfig, { environment, environmentType }: Bag): Failure[] {
  if (!isAlone(config)) return [];
  const { environment: said, apiKey } = config;
  const misspelled = said && malformed(said.value);
  if (misspelled !== undefined)
    return [{ property: "provider.environment", reason: `${misspelled} (from ${said!.origin})` }];
  const fault = malformed(environment);
  if (fault !== undefined) return [{ property: "environment", reason: fault }];
  const [, type] = Object.entries(kinds).find(([start]) => apiKey!.secret.reveal().startsWith(start)) ?? [];
  if (type === undefined || typeof environmentType !== "string" || isUnknown(environmentType)) return [];
  return environmentType === type
    ? []
    : [
        {
          property: "environment",
          reason: `is ${environmentType}, and the key from ${apiKey!.origin} is one of ${type} by its first letters: give the key of this environment`,
        },
      ];
}

/** A key alone reaches one environment. Ids of what is made in one are found in no other; flags and defaults are in each. */
export function confinedOf(config: WorkosConfig): Confined | undefined {
  const { apiKey, environment } = config;
  if (!isAlone(config) || !apiKey) return undefined;
  return {
    account: accountOfKey(apiKey).id,
    origin: apiKey.origin,
    environment,
    proves: (kind, id) => kind === "WebhookEndpoint" || (kind === "Application" && id.startsWith("conn")),
  };
}
