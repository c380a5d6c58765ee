import type { Failure } from "./define";
import { proxyFault } from "./http/proxy";
import { Secret } from "./http/secret";
import { workosLogin } from "./login";
import { nearest } from "./nearest";
import { providerConfig, variableOf } from "./provider-config";

/** A secret, and where it came from: an error about it says so. */
export interface Credential {
  readonly secret: Secret;
  readonly origin: string;
}
const settings = providerConfig;
const platforms = settings.platform.schema.unwrap().options;

/** Which platform to talk to, and as whom. */
export interface Config {
  readonly platform: (typeof platforms)[number];
  /** URL of the management API, without a slash at its end. */
  readonly endpoint: string;
  /** Dashboard token. */
  readonly token?: Credential;
  /** Secret key of one environment. */
  readonly apiKey?: Credential;
  readonly clientId?: Credential;
  readonly clientSecret?: Credential;
  /** Tries after the first. */
  readonly retries: number;
  /** Seconds for one try. */
  readonly timeout: number;
}
export type Resolved = { readonly config: Config } | { readonly problems: readonly Failure[] };
type Get = (name: string) => string | undefined;

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const workosEndpoint = "https://api.workos.com";
/** What HTTP can carry as a credential. */
const carried = /^[\x21-\x7e]+$/;

/** Why an endpoint cannot be used, if so. */
function endpointFault(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return `is no URL: write e.g. \`${workosEndpoint}\``;
  const { protocol, hostname, username, password, search, hash } = new URL(endpoint);
  if (username || password) return "holds a user name or password: leave them out, golive sends tokens and keys";
  if (search || hash) return "holds a query or a fragment: end it after the path";
  if (protocol === "https:" || (protocol === "http:" && loopback.has(hostname))) return undefined;
  return "sends credentials in the clear: use https, plain http is for this computer only";
}

/**
 * The configuration from an explicit provider's arguments, then `GOLIVE_*` variables, then stack config. Both the
 * arguments and stack config come through `get`, told apart by `explicit`. Synchronous, and never throws: the plugin
 * keeps a provider whose configuration failed.
 */
export function resolveConfig(get: Get, env: NodeJS.ProcessEnv = process.env): Resolved {
  const isExplicit = get("explicit") === "true";
  const find = (name: string): { value: string; origin: string } | undefined => {
    const [given, from] = [get(name), env[variableOf(name)]];
    const sources = [
      { value: isExplicit ? given : undefined, origin: `the provider's argument \`${name}\`` },
      { value: from, origin: variableOf(name) },
      { value: isExplicit ? undefined : given, origin: `stack config \`golive:${name}\`` },
    ];
    const found = sources.find(({ value }) => value !== undefined && value !== "");
    return found && { value: found.value!, origin: found.origin };
  };
  const problems: Failure[] = [];
  const fail = (name: string, reason: string, origin: string) =>
    problems.push({ property: `provider.${name}`, reason: `${reason} (from ${origin})` });

  const platform = find("platform") ?? { value: settings.platform.schema.parse(undefined), origin: "the default" };
  if (!(platforms as readonly string[]).includes(platform.value)) {
    const close = nearest(platform.value, platforms);
    fail(
      "platform",
      `"${platform.value}" is no platform${close ? `; did you mean "${close}"?` : `: use ${platforms.join(" or ")}`}`,
      platform.origin,
    );
  }
  const endpoint =
    find("endpoint") ?? (platform.value === "rehearsal" ? undefined : { value: workosEndpoint, origin: "the default" });
  if (endpoint === undefined)
    problems.push({
      property: "provider.endpoint",
      reason: "is required for the rehearsal: set GOLIVE_ENDPOINT to the `url` that `golive serve --json` prints",
    });
  const fault = endpoint && endpointFault(endpoint.value);
  if (endpoint && fault) fail("endpoint", fault, endpoint.origin);
  const noWay = proxyFault(env);
  if (noWay) problems.push({ property: "provider", reason: noWay });
  const whole = (name: "retries" | "timeout"): number => {
    const { schema } = settings[name];
    const found = find(name);
    if (found === undefined) return schema.parse(undefined);
    // only digits: `Number` also takes blanks and hexadecimal
    const { success, data } = schema.safeParse(/^-?\d+$/.test(found.value) ? Number(found.value) : found.value);
    if (success) return data;
    const { minValue, maxValue } = schema.unwrap();
    fail(name, `"${found.value}" is no whole number from ${minValue} to ${maxValue}`, found.origin);
    return NaN;
  };
  const retries = whole("retries");
  const timeout = whole("timeout");
  const credentials: { [C in "token" | "apiKey" | "clientId" | "clientSecret"]?: Credential } = {};
  for (const name of ["token", "apiKey", "clientId", "clientSecret"] as const) {
    const found = find(name);
    if (!found) continue;
    // a line break at the end is what a file or a command adds
    const value = found.value.trim();
    if (carried.test(value)) credentials[name] = { secret: new Secret(value), origin: found.origin };
    else fail(name, "holds a space, a line break or a character that no credential has", found.origin);
  }
  // a login is somebody's own: it is used where nothing else is given, and at its own platform
  const isOwn = platform.value === "workos" && endpoint?.value === workosEndpoint;
  const login = isOwn && !credentials.token && !credentials.apiKey ? workosLogin(env) : undefined;
  if (login && carried.test(login.value)) credentials.token = { secret: new Secret(login.value), origin: login.origin };
  if (problems.length > 0) return { problems };
  return {
    config: {
      platform: platform.value as Config["platform"],
      endpoint: endpoint!.value.replace(/\/+$/, ""),
      retries,
      timeout,
      ...credentials,
    },
  };
}
