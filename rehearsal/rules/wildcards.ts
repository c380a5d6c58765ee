import { getPublicSuffix } from "tldts";
import type { WrittenAddress } from "./written-uri";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** What anybody can register a name under: `com`, `co.uk`, and `vercel.app` too; and that under which all names are such. */
function isPublicSuffix(host: string): boolean {
  const suffixOf = (name: string) => getPublicSuffix(name, { allowPrivateDomains: true });
  return suffixOf(host) === host || suffixOf(`any.${host}`) === `any.${host}`;
}

/** What is wrong with the one star of an address, or nothing. */
export function starFault({ protocol, host, star }: WrittenAddress): string | undefined {
  if (star === undefined) return undefined;
  if (protocol !== "https:" && protocol !== "http:") return "may contain a wildcard only with http or https";
  if (star === "port")
    return loopback.includes(host) ? undefined : "may use a wildcard port only on localhost or a loopback address";
  const [leftmost, ...above] = host.split(".");
  // an encoded label has no place for one
  if (star === "rest" || !leftmost!.includes("*") || leftmost!.startsWith("xn--"))
    return "may contain a wildcard only in the leftmost label of its host";
  return above.length === 0 || isPublicSuffix(above.join("."))
    ? "may not contain a wildcard over a public suffix"
    : undefined;
}
