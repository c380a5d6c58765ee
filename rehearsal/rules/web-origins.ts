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
  if (!URL.canParse(origin)) return fault("MalformedWebOrigin", `'${origin}' is not a valid origin.`);
  const { protocol, hostname, pathname, search, hash } = new URL(origin);
  if (protocol !== "https:" && protocol !== "http:")
    return fault("InvalidWebOriginProtocol", "An origin must use http or https.");
  if (pathname !== "/" || origin.endsWith("/") || search || hash)
    return fault("MalformedWebOrigin", "An origin ends after its host and port.");
  if (isProduction && protocol === "http:")
    return fault("InvalidWebOriginProtocol", "An origin must use https in production.");
  if (!origin.includes("*")) return undefined;
  if (isProduction) return fault("WildcardNotAllowedInEnvironment", "A wildcard origin is not allowed in production.");
  const isLeftmost = hostname.split(".")[0]!.includes("*") && origin.split("*").length === 2;
  return isLeftmost
    ? undefined
    : fault("InvalidWildcardWebOrigin", "A wildcard is allowed once, in the leftmost label.");
}
