import { starFault } from "./wildcards";
import { longest, readAddress } from "./written-uri";

type OriginFault = {
  readonly __typename:
    | "InvalidWebOriginProtocol"
    | "InvalidWildcardWebOrigin"
    | "MalformedWebOrigin"
    | "WildcardNotAllowedInEnvironment";
  readonly uri: string;
  readonly message: string;
};

/** What is wrong with a web origin, or nothing. */
export function webOriginFault(origin: string, isProduction: boolean): OriginFault | undefined {
  const fault = (__typename: OriginFault["__typename"], message: string): OriginFault => ({
    __typename,
    uri: origin,
    message,
  });
  const address = origin.length > longest ? undefined : readAddress(origin);
  if (!address) return fault("MalformedWebOrigin", `'${origin}' is not a valid origin.`);
  const { protocol, star, stars } = address;
  if (protocol !== "https:" && protocol !== "http:")
    return fault("InvalidWebOriginProtocol", "An origin must use http or https.");
  const rest = origin.slice(origin.indexOf("://") + 3);
  if (star === "port" || rest.endsWith(":") || ["/", "?", "#", "@"].some((c) => rest.includes(c)))
    return fault("MalformedWebOrigin", "An origin is a scheme and a host, and ends after its port.");
  if (isProduction && protocol === "http:")
    return fault("InvalidWebOriginProtocol", "An origin must use https in production.");
  if (stars === 0) return undefined;
  if (isProduction) return fault("WildcardNotAllowedInEnvironment", "A wildcard origin is not allowed in production.");
  const wrong = stars > 1 ? "may contain only one wildcard" : starFault(address);
  return wrong === undefined ? undefined : fault("InvalidWildcardWebOrigin", `An origin ${wrong}.`);
}
