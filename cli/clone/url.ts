import { urlFault } from "@golive/provider/platforms/url-fault";
import { hasCredentials } from "../credentials";
import type { Passage } from "./crossing";
import { isLoopback, plainAuthority, urlParts } from "./hosts";

/** What becomes of a URL on its way to production. */
export type CrossedUrl =
  | { readonly action: "added" | "changed"; readonly to: string; readonly reason: string }
  | { readonly action: "dropped" | "asked"; readonly reason: string };

/** https where the host allows, no localhost, and the host of production; whatever is left breaks no rule of production. */
export function crossUrl(
  text: string,
  field: string,
  { hosts, kind, platform }: Pick<Passage, "hosts" | "kind" | "platform">,
): CrossedUrl {
  const fault = (uri: string) => urlFault(platform.rules, field, uri, kind);
  const url = urlParts(text);
  if (hasCredentials(text))
    return {
      action: "asked",
      reason: "it holds a user name or a password, which golive never writes: decide it for production",
    };
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(text)) return { action: "added", to: text, reason: "a scheme of its own" };
  if (!url) return { action: "asked", reason: "it is no URL: decide it for production" };
  if (isLoopback(url.host)) {
    // only where the platform has a word about this kind of application, and the word is yes
    if (kind === "native" && field === "redirectUris" && !url.authority.includes("*") && fault(text) === undefined)
      return {
        action: "added",
        to: text,
        reason: `production takes ${url.scheme}://${url.host} for native applications`,
      };
    return { action: "dropped", reason: `${url.host} is for development: production takes public hosts only` };
  }
  const mapped = hosts.find(plainAuthority(url));
  if (!mapped)
    return {
      action: "asked",
      reason: `which host is ${url.host} in production? Add --map ${url.host}=<host> (or itself)`,
    };
  const to = `https://${mapped.authority}${url.rest}`;
  const broken = fault(to);
  if (broken) return { action: "dropped", reason: `${to} ${broken}` };
  const secured = url.scheme === "http" ? ", http to https" : "";
  return to === text
    ? { action: "added", to, reason: mapped.reason }
    : { action: "changed", to, reason: `${mapped.reason}${secured}` };
}
