import { type Failure, isUnknown } from "./define";
import { proxyFault } from "./http/proxy";
import { type Credential, Secret } from "./http/secret";
import { carried } from "./http/token";
import { commandCredential } from "./http/token-command";
import { nearest } from "./nearest";
import { defaultModule, formerRehearsal, moduleNamed, modules } from "./platforms";
import type { Config, PlatformModule, Setting } from "./platforms/platform";
import { providerConfig } from "./provider-config";
import { variableOf } from "./variable";

export type { Config } from "./platforms/platform";
export type { Credential } from "./http/secret";

/** A configuration, or all that is wrong with it; then the platform's name is told where that much is clear. */
export type Resolved =
  | { readonly config: Config }
  | { readonly problems: readonly Failure[]; readonly platform?: string };
/** A setting of an explicit provider's arguments or of stack config. */
export type Get = (name: string) => string | undefined;

interface Found {
  readonly value: string;
  readonly origin: string;
  /** The lower, the more it counts. */
  readonly rank: number;
}
const formerName = "rehearsal";
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

/** Finds a setting: an explicit provider's arguments, then `GOLIVE_*` variables, then stack config. */
const finder =
  (get: Get, env: NodeJS.ProcessEnv) =>
  (name: string): Found | undefined => {
    const isExplicit = get("explicit") === "true";
    const [given, from] = [get(name), env[variableOf(name)]];
    const sources = [
      { value: isExplicit ? given : undefined, origin: `the provider's argument \`${name}\``, rank: 0 },
      { value: from, origin: variableOf(name), rank: 1 },
      { value: isExplicit ? undefined : given, origin: `stack config \`golive:${name}\``, rank: 2 },
    ];
    // blanks and a line break at the ends are what a file or a command adds, whatever the setting
    const found = sources.map((source) => ({ ...source, value: source.value?.trim() ?? "" }));
    return found.find(({ value }) => value !== "");
  };
type Find = ReturnType<typeof finder>;

/** Why an endpoint cannot be used, if so. */
function endpointFault(endpoint: string, example: string): string | undefined {
  if (!URL.canParse(endpoint)) return `is no URL: write e.g. \`${example}\``;
  const { protocol, hostname, username, password, search, hash } = new URL(endpoint);
  if (username || password) return "holds a user name or password: leave them out, golive sends tokens and keys";
  if (search || hash) return "holds a query or a fragment: end it after the path";
  if (protocol === "https:" || (protocol === "http:" && loopback.has(hostname))) return undefined;
  return "sends credentials in the clear: use https, plain http is for this computer only";
}

/** Which platform is meant; none where its name is wrong. */
const moduleOf = (named: Found | undefined): PlatformModule | undefined => {
  if (named === undefined) return defaultModule;
  return named.value === formerName ? formerRehearsal : moduleNamed(named.value);
};
/** The platform that the settings of a program or a command mean, whatever else is wrong with them. */
export const platformIn = (get: Get, env: NodeJS.ProcessEnv = process.env): PlatformModule =>
  moduleOf(finder(get, env)("platform")) ?? defaultModule;

type Fail = (name: string, reason: string, origin: string) => void;

/** Where to send requests, and whether that is a rehearsal. */
function placeOf(
  find: Find,
  { access }: PlatformModule,
  env: NodeJS.ProcessEnv,
  fail: Fail,
): { endpoint: string; rehearsal: boolean; isOwn: boolean } {
  const [named, there, endpoint] = [find("platform"), find("rehearsal"), find("endpoint")];
  const isFormer = named?.value === formerName;
  if (there && endpoint && there.rank === endpoint.rank)
    fail("rehearsal", `says another place than ${endpoint.origin}: leave one of the two out`, there.origin);
  const rehearsal = there && (!endpoint || there.rank <= endpoint.rank) ? there : isFormer ? endpoint : undefined;
  const alias = access.endpoint?.aliases.find((name) => env[name]);
  const own = alias === undefined ? undefined : { value: env[alias]!.trim(), origin: alias };
  const place = rehearsal ?? endpoint ?? own;
  if (place === undefined && isFormer)
    fail(
      "endpoint",
      "is required for the rehearsal: set GOLIVE_REHEARSAL to the `url` that `golive serve --json` prints",
      named.origin,
    );
  const fault =
    place && (endpointFault(place.value, access.hosts[0]) ?? access.endpoint?.fault?.(withoutSlash(place.value)));
  if (place && fault) fail(place === there ? "rehearsal" : "endpoint", fault, place.origin);
  const address = withoutSlash(place?.value ?? access.hosts[0]);
  const isOwn = rehearsal === undefined && (place === own || access.hosts.includes(address));
  return { endpoint: address, rehearsal: rehearsal !== undefined, isOwn };
}

/** The place of who sends nothing: what only a rehearsal offers is still had at one alone. */
const nowhere = (find: Find, { access }: PlatformModule) => ({
  endpoint: access.hosts[0],
  rehearsal: find("rehearsal") !== undefined || find("platform")?.value === formerName,
});

/** A number among the settings. */
function whole(find: Find, name: "retries" | "timeout", fail: Fail): number {
  const { schema } = providerConfig[name];
  const found = find(name);
  if (found === undefined) return schema.parse(undefined);
  // only digits: `Number` also takes blanks and hexadecimal
  const { success, data } = schema.safeParse(/^-?\d+$/.test(found.value) ? Number(found.value) : found.value);
  if (success) return data;
  const { minValue, maxValue } = schema.unwrap();
  fail(name, `"${found.value}" is no whole number from ${minValue} to ${maxValue}`, found.origin);
  return NaN;
}

/** The credential that a command prints, where that counts more than one that is given. */
function commandedBy(
  { access, title }: PlatformModule,
  find: Find,
  fail: Fail,
): { readonly name: string; readonly credential: Credential } | undefined {
  const command = find("tokenCommand");
  if (command === undefined) return undefined;
  const name = access.commanded;
  const given = name === undefined ? undefined : find(name);
  if (name === undefined) fail("tokenCommand", `is nothing that ${title} takes: leave it out`, command.origin);
  else if (given?.rank === command.rank)
    fail("tokenCommand", `says another token than ${given.origin}: leave one of the two out`, command.origin);
  else if (!given || command.rank < given.rank)
    return { name, credential: commandCredential(command.value, command.origin) };
  return undefined;
}

/** As whom: what golive was given; at the platform's own hosts also what its own tools left on this computer. */
function credentialsOf(
  module: PlatformModule,
  isOwnHost: boolean,
  find: Find,
  env: NodeJS.ProcessEnv,
  fail: Fail,
): Record<string, Credential> {
  const { access } = module;
  const credentials: Record<string, Credential> = {};
  const worded = (name: string, credential: Credential): void => {
    const { refused, forbidden } = access.credentials[name]!;
    credentials[name] = { ...(refused && { refused }), ...(forbidden && { forbidden }), ...credential };
  };
  const take = (name: string, { value, origin }: Pick<Found, "value" | "origin">): boolean => {
    // a line break at the end is what a file or a command adds
    const trimmed = value.trim();
    if (!carried.test(trimmed)) return false;
    worded(name, { secret: new Secret(trimmed), origin });
    return true;
  };
  const names = Object.keys(access.settings);
  const commanded = commandedBy(module, find, fail);
  if (commanded) worded(commanded.name, commanded.credential);
  for (const name of names.filter((one) => one !== commanded?.name)) {
    const found = find(name);
    if (found && !take(name, found))
      fail(name, "holds a space, a line break or a character that no credential has", found.origin);
  }
  if (!isOwnHost) return credentials;
  const login = access.login?.(env, (name) => name === commanded?.name || find(name) !== undefined);
  if (login) worded(login.setting, login.credential);
  for (const name of names.filter((one) => !(one in credentials))) {
    const { aliases = [], aliasesBeside: beside } = access.credentials[name]!;
    for (const alias of beside === undefined || beside in credentials ? aliases : [])
      if (!(name in credentials) && env[alias]) take(name, { value: env[alias], origin: alias });
  }
  return credentials;
}

/** The environment that the settings say a key is of. One that is not known until `up` says nothing yet. */
function environmentOf({ access }: PlatformModule, find: Find): Setting | undefined {
  if (access.keyed === undefined) return undefined;
  const [said, key] = [find("environment"), find(access.keyed)];
  if (!said || isUnknown(said.value)) return undefined;
  // a key that is a provider's argument is another than the one that a variable speaks of
  if (key?.rank === 0 && said.rank > 0) return undefined;
  return { value: said.value, origin: said.origin };
}

/** What says that nothing is to be sent, if something does. */
function offlineIn(find: Find, fail: Fail): string | undefined {
  const found = find("offline");
  if (found === undefined || found.value === "false") return undefined;
  if (found.value !== "true") fail("offline", `"${found.value}" is neither true nor false`, found.origin);
  return found.origin;
}

/**
 * The configuration from an explicit provider's arguments, then `GOLIVE_*` variables, then stack config. Both the
 * arguments and stack config come through `get`, told apart by `explicit`. Synchronous, and never throws: the plugin
 * keeps a provider whose configuration failed.
 */
export function resolveConfig(get: Get, env: NodeJS.ProcessEnv = process.env): Resolved {
  const find = finder(get, env);
  const problems: Failure[] = [];
  const fail: Fail = (name, reason, origin) =>
    problems.push({ property: `provider.${name}`, reason: `${reason} (from ${origin})` });
  const named = find("platform");
  const module = moduleOf(named);
  if (named && !module) {
    const names = [...modules.map(({ name }) => name), formerName];
    const close = nearest(named.value, names);
    const hint = close ? `; did you mean "${close}"?` : `: use ${names.join(" or ")}`;
    fail("platform", `"${named.value}" is no platform${hint}`, named.origin);
  }
  const meant = module ?? defaultModule;
  const offline = offlineIn(find, fail);
  // who sends nothing needs no place, no way there and no credential: whatever stands there is not looked at
  const { isOwn, ...place } =
    offline === undefined ? placeOf(find, meant, env, fail) : { ...nowhere(find, meant), isOwn: false };
  const noWay = offline === undefined ? proxyFault(env) : undefined;
  if (noWay) problems.push({ property: "provider", reason: noWay });
  const retries = whole(find, "retries", fail);
  const timeout = whole(find, "timeout", fail);
  const isOwnHost = module !== undefined && isOwn;
  const credentials = offline === undefined ? credentialsOf(meant, isOwnHost, find, env, fail) : {};
  if (problems.length > 0) return { problems, ...(module && { platform: module.name }) };
  const environment = environmentOf(meant, find);
  return {
    config: {
      platform: meant.name,
      ...place,
      credentials,
      retries,
      timeout,
      ...(environment && { environment }),
      ...(offline !== undefined && { offline }),
    },
  };
}
