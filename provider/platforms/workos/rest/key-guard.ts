import { Refused } from "../../../errors";
import { sharedBy } from "../../wire/batching";
import type { Clients } from "../clients";
import { quoted } from "../dashboard/client";

const overlaps = (some: ReadonlySet<string>, others: ReadonlySet<string>) => [...some].some((one) => others.has(one));

/**
 * Stops what a key would make in another environment than the declared one. No endpoint says whose a key is, so with a
 * dashboard token both APIs are asked for the redirect URIs and webhook URLs: where both have some and none in
 * common, they are two environments. Anything less is no proof, and goes on.
 */
export function keyGuard({ config, team, dashboard, rest }: Clients): (environment: string) => Promise<void> {
  const seenByKey = sharedBy(async () => {
    const [uris, endpoints] = await Promise.all([
      rest.all<{ uri: string }>("user_management/redirect_uris"),
      rest.all<{ endpoint_url: string }>("webhook_endpoints"),
    ]);
    return new Set([...uris.map(({ uri }) => uri), ...endpoints.map((endpoint) => endpoint.endpoint_url)]);
  });
  const seenByToken = sharedBy(async (environment) => {
    const inside = await team.environment(environment);
    const args = `environmentId: ${quoted(inside)}`;
    const operations = dashboard.inside(inside);
    const [uris, endpoints] = await Promise.all([
      operations.all<{ uri: string }>("redirectUris", args, "uri"),
      operations.all<{ endpointUrl: string }>("webhookEndpoints", args, "endpointUrl"),
    ]);
    return new Set([...uris.map(({ uri }) => uri), ...endpoints.map(({ endpointUrl }) => endpointUrl)]);
  });
  return async (environment) => {
    if (!config.token || !config.apiKey) return;
    const [byToken, byKey] = await Promise.all([seenByToken(environment), seenByKey("")]);
    if (byKey.size > 0 && byToken.size > 0 && !overlaps(byKey, byToken))
      throw new Refused(
        `the key from ${config.apiKey.origin} belongs to another environment than ${environment}`,
        "Give the secret key of this environment.",
      );
  };
}
