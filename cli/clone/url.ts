import { redirectUriFault } from "@golive/provider/rules/redirect-uris";
import { type Hosts, isLoopback, urlParts } from "./hosts";

/** What becomes of a URL on its way to production. */
export type Outcome =
  | { readonly action: "added" | "changed"; readonly to: string; readonly reason: string }
  | { readonly action: "dropped" | "asked"; readonly reason: string };

/** https where the host allows, no localhost, and the host of production; whatever is left breaks no rule of production. */
export function crossUrl(text: string, field: string, kind: string | undefined, hosts: Hosts): Outcome {
  const url = urlParts(text);
  if (!url || !/^https?$/.test(url.scheme)) return { action: "added", to: text, reason: "a scheme of its own" };
  if (isLoopback(url.host)) {
    const native = field === "redirectUris" && kind === "native" && url.host === "127.0.0.1" && url.scheme === "http";
    if (native && !url.authority.includes("*"))
      return { action: "added", to: text, reason: "production takes http://127.0.0.1 for native applications" };
    return { action: "dropped", reason: `${url.host} is for development: production takes public hosts only` };
  }
  const mapped = hosts.find(url.authority);
  if (!mapped)
    return {
      action: "asked",
      reason: `which host is ${url.host} in production? Add --map ${url.host}=<host> (or itself)`,
    };
  const to = `https://${mapped.authority}${url.rest}`;
  if (field === "corsOrigins" && to.includes("*"))
    return { action: "dropped", reason: "production takes no * in an origin" };
  const fault = redirectUriFault(to, false, { environmentType: "production", kind });
  if (fault) return { action: "dropped", reason: `${to} ${fault}` };
  const secured = url.scheme === "http" ? ", http to https" : "";
  return to === text
    ? { action: "added", to, reason: mapped.reason }
    : { action: "changed", to, reason: `${mapped.reason}${secured}` };
}
