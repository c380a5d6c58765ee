import { UsageError } from "../context";

/** Where staging's hosts are found in production. */
export interface Hosts {
  /** The authority (host and port) in production, with the reason; `undefined` when nobody has said. */
  find(authority: string): { readonly authority: string; readonly reason: string } | undefined;
}

const hostPattern = /^[^\s/=@?#]+$/;

/** `staging.example.com=example.com`, as the command line has it, to a pair. */
export function parseMapping(written: string): readonly [from: string, to: string] {
  const parts = written.split("=").map((part) =>
    part
      .trim()
      .replace(/^https?:\/\//i, "")
      .replace(/\/$/, "")
      .toLowerCase(),
  );
  const [from, to] = parts;
  if (parts.length !== 2 || !hostPattern.test(from!) || !hostPattern.test(to!))
    throw new UsageError(`--map ${written} names no two hosts`, "Write e.g. `--map staging.example.com=example.com`.");
  return [from!, to!];
}

const splitPort = (authority: string): readonly [host: string, port: string] => {
  const at = /:[\d*]+$/.exec(authority)?.index ?? authority.length;
  return [authority.slice(0, at), authority.slice(at)];
};

/**
 * Hosts by what people said and by what both files show. A mapping that somebody wrote holds for the host's subdomains
 * too, and the longest one wins; an inferred one holds for that very host.
 */
export function hostsOf(
  mappings: readonly (readonly [from: string, to: string])[],
  inferred: ReadonlyMap<string, string> = new Map(),
): Hosts {
  const longestFirst = mappings.toSorted(([a], [b]) => b.length - a.length);
  return {
    find(written) {
      const authority = written.toLowerCase();
      const [host, port] = splitPort(authority);
      for (const [from, to] of longestFirst) {
        const whole = splitPort(from)[1] === "" ? host : authority;
        if (whole !== from && !whole.endsWith(`.${from}`)) continue;
        const rest = splitPort(from)[1] === "" && splitPort(to)[1] === "" ? port : "";
        return {
          authority: `${whole.slice(0, whole.length - from.length)}${to}${rest}`,
          reason: `--map ${from}=${to}`,
        };
      }
      const seen = inferred.get(authority);
      return seen === undefined ? undefined : { authority: seen, reason: `production has ${seen} for ${authority}` };
    },
  };
}

export interface Url {
  readonly scheme: string;
  /** User name and password, where it holds some. */
  readonly credentials: string | undefined;
  readonly authority: string;
  /** Without port. */
  readonly host: string;
  readonly rest: string;
}

/** A written URL in parts. `*` may stand in it, which no URL parser takes; `undefined` when it names no host. */
export function urlParts(text: string): Url | undefined {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#]*)(.*)$/is.exec(text);
  if (!parts) return undefined;
  const authority = parts[3]!.toLowerCase();
  const scheme = parts[1]!.toLowerCase();
  return { scheme, credentials: parts[2], authority, host: splitPort(authority)[0], rest: parts[4]! };
}

const ownPort: Readonly<Record<string, string>> = { http: ":80", https: ":443" };
/** The authority without the port that its scheme has anyway: `http://h:80` is `http://h`. */
export const plainAuthority = ({ scheme, authority, host }: Url): string =>
  splitPort(authority)[1] === ownPort[scheme] ? host : authority;

/** A URL of the web outside this computer. */
const publicUrl = (text: string): Url[] => {
  const url = urlParts(text);
  return url && /^https?$/.test(url.scheme) && !isLoopback(url.host) ? [url] : [];
};

/** Pairs of URLs with the same path, one in each file, tell which host stands for which. Contradictions tell nothing. */
export function inferHosts(
  pairs: readonly (readonly [staging: readonly string[], production: readonly string[]])[],
): Map<string, string> {
  const seen = new Map<string, Set<string>>();
  for (const [staging, production] of pairs) {
    const there = production.flatMap(publicUrl);
    const here = staging.flatMap(publicUrl);
    for (const url of here) {
      const [twins, rivals] = [there, here].map((urls) => urls.filter(({ rest }) => rest === url.rest)) as [
        Url[],
        Url[],
      ];
      if (twins.length === 1 && rivals.length === 1)
        seen.set(plainAuthority(url), (seen.get(plainAuthority(url)) ?? new Set()).add(plainAuthority(twins[0]!)));
    }
  }
  return new Map([...seen].flatMap(([from, tos]) => (tos.size === 1 ? [[from, [...tos][0]!] as const] : [])));
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
