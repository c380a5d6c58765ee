import { isPublicSuffix } from "./public-suffix";
import type { Address } from "../../../rules/uri";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether nobody but the computer itself is there. */
export const isLocalhost = (host: string): boolean => host === "localhost" || host.endsWith(".localhost");

/** What the `*` of an address breaks, wherever it is used. */
export function wildcardFault({ scheme, host, wildcards, wildcardIn }: Address): string | undefined {
  if (wildcardIn === undefined) return undefined;
  if (wildcards > 1) return "holds more than one `*`: one at most";
  if (!/^https?$/.test(scheme)) return "has a `*` outside http and https: write the whole URI";
  if (wildcardIn === "port")
    return loopback.has(host) ? undefined : "has `*` for its port: that is for localhost and loopback addresses only";
  const [leftmost = "", ...above] = host.split(".");
  if (wildcardIn === "elsewhere" || !leftmost.includes("*") || leftmost.startsWith("xn--"))
    return "has its `*` outside the leftmost label of the host: write e.g. `https://*.staging.example.com`";
  return above.length === 0 || isPublicSuffix(above.join("."))
    ? "has a `*` over a whole public suffix: name the domain, e.g. `https://*.example.com`"
    : undefined;
}
