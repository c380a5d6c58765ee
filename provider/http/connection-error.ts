import { clean } from "./secret";

/** Codes of faults before a byte of the request left: it was certainly not carried out. */
const unsent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_PRX_TLS",
  // of the handshake that comes first
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
]);
/** Ports that no client of the web connects to, and proxies that let nobody through: these faults have no code of their own. */
const refusedBefore = /^bad port$|^Proxy response \(\d+\)/;

/** The fault of `fetch`, which wraps the real one; several addresses give several. */
function* within(error: unknown): Generator<{ readonly code?: unknown; readonly message?: unknown }> {
  if (typeof error !== "object" || error === null) return;
  yield error;
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  yield* within(cause);
  if (Array.isArray(errors)) yield* within(errors[0]);
}

/** Why there is no answer, in words without a secret, and whether the request certainly never left. */
export function faultOf(error: unknown): { readonly why: string; readonly wasUnsent: boolean } {
  const chain = [...within(error)];
  const messages = chain.map(({ message }) => message).filter((message) => typeof message === "string");
  const refused = messages.find((message) => refusedBefore.test(message));
  if (refused !== undefined) return { why: clean(refused), wasUnsent: true };
  const code = chain.map((fault) => fault.code).find((one) => typeof one === "string");
  if (code !== undefined) return { why: clean(code), wasUnsent: unsent.has(code) };
  // without a cause `fetch` did not even begin; its words quote the header or URL that it would not take
  if (error instanceof TypeError && error.cause === undefined)
    return { why: "the address or a credential holds what HTTP cannot carry", wasUnsent: true };
  return { why: clean(messages.at(-1) ?? "an unknown fault"), wasUnsent: false };
}
