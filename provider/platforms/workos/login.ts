import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = join(".workos", "credentials.json");

/**
 * The access token of the official WorkOS CLI's login on this computer, where it keeps it in a file and it still is
 * valid. Never throws. Its form was read from npm `workos@0.14.0`; with a keychain there is no file.
 */
export function storedLogin(env: NodeJS.ProcessEnv): { readonly value: string; readonly origin: string } | undefined {
  const home = env["HOME"] ?? env["USERPROFILE"];
  if (!home) return undefined;
  try {
    const login: unknown = JSON.parse(readFileSync(join(home, file), "utf8"));
    if (typeof login !== "object" || login === null) return undefined;
    const { accessToken, expiresAt } = login as { accessToken?: unknown; expiresAt?: unknown };
    if (typeof accessToken !== "string" || typeof expiresAt !== "number" || expiresAt <= Date.now()) return undefined;
    return { value: accessToken, origin: `the login of the WorkOS CLI (~/${file.replaceAll("\\", "/")})` };
  } catch {
    return undefined;
  }
}
