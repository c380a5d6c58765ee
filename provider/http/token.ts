/** A token as something prints it, and when it ends, in milliseconds, as far as that is known. */
export interface Token {
  readonly value: string;
  readonly until?: number | undefined;
}

/** What HTTP can carry as a credential. */
export const carried = /^[\x21-\x7e]+$/;

const isBag = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A moment as tools write it: a date as text, or milliseconds or seconds since 1970. */
export function momentOf(value: unknown): number | undefined {
  if (typeof value === "number" && value > 0) return value < 1e11 ? value * 1000 : value;
  const at = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** When a JWT ends, by its own word. Its signature is the server's business. */
function endOf(value: string): number | undefined {
  const parts = value.split(".");
  if (parts.length !== 3) return undefined;
  const claims = parsed(Buffer.from(parts[1]!, "base64url").toString());
  return isBag(claims) && typeof claims["exp"] === "number" ? claims["exp"] * 1000 : undefined;
}

/** A token of this value: it ends when the first of what is known of its end says so. */
export function tokenOf(value: string, expiresAt?: unknown): Token {
  const ends = [endOf(value), momentOf(expiresAt)].filter((end) => end !== undefined);
  return { value, ...(ends.length > 0 && { until: Math.min(...ends) }) };
}

/** The token that a command printed: as it is, or JSON with `token` and `expiresAt`. Nothing where it printed none. */
export function printedToken(output: string): Token | undefined {
  const text = output.trim();
  const body = text.startsWith("{") ? parsed(text) : { token: text };
  if (!isBag(body) || typeof body["token"] !== "string" || !carried.test(body["token"])) return undefined;
  return tokenOf(body["token"], body["expiresAt"]);
}
