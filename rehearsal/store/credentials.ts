import { createHash, randomBytes } from "node:crypto";

/** A random credential with its documented prefix, e.g. `sk_test_…`. */
export const newCredential = (prefix: string): string =>
  `${prefix}_${randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "x")}`;
/** A signing secret: 64 hexadecimal digits. */
export const newSigningSecret = (): string => randomBytes(32).toString("hex");
export const hashOf = (credential: string): string => createHash("sha256").update(credential).digest("hex");
