import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ConfigError } from "../../errors";
import { Renewing } from "../../http/renewal";
import { type Credential, Secret } from "../../http/secret";
import { carried, type Token, tokenOf } from "../../http/token";
import { fromKeychain, keychainOf } from "./keychain";

const folder = ".workos";
const file = "credentials.json";

const isOnPath = (program: string, env: NodeJS.ProcessEnv): boolean =>
  (env["PATH"] ?? "")
    .split(delimiter)
    .some((place) => place !== "" && ["", ".exe", ".cmd"].some((end) => existsSync(join(place, program + end))));

/** The access token of a login as the CLI writes it; nothing where the text is no login. */
export function loginIn(text: string): Token | undefined {
  try {
    const login: unknown = JSON.parse(text);
    if (typeof login !== "object" || login === null) return undefined;
    const { accessToken, expiresAt } = login as { accessToken?: unknown; expiresAt?: unknown };
    return typeof accessToken === "string" && carried.test(accessToken) ? tokenOf(accessToken, expiresAt) : undefined;
  } catch {
    return undefined;
  }
}
function loginInFile(home: string): Token | undefined {
  try {
    return loginIn(readFileSync(join(home, folder, file), "utf8"));
  } catch {
    return undefined;
  }
}

const whatToRun =
  "Run `workos project list`, which renews it, and then the same command again: golive never renews it.";

/** The login, which is the CLI's: it is read, and neither renewed nor written. */
async function read(home: string, env: NodeJS.ProcessEnv, os: string, stop?: AbortSignal): Promise<Token> {
  const login = loginInFile(home) ?? (await fromKeychain(env, os, loginIn, stop));
  if (!login)
    throw new ConfigError(
      "the WorkOS CLI is on this computer, and no login of it can be read",
      "Run `workos auth login`, or give a token: set GOLIVE_TOKEN_COMMAND or GOLIVE_TOKEN.",
    );
  if (login.until !== undefined && login.until <= Date.now())
    throw new ConfigError(`the login of the WorkOS CLI ended at ${new Date(login.until).toISOString()}`, whatToRun);
  return login;
}

/**
 * The login of the official WorkOS CLI on this computer, where there is one: in a file, or in a keychain where the CLI has left a
 * trace. It is looked for now and read when it is needed. Its form was read in the CLI's source up to v0.22.
 */
export function cliLogin(env: NodeJS.ProcessEnv, os: string = process.platform): Credential | undefined {
  const home = env["HOME"] ?? env["USERPROFILE"];
  if (!home) return undefined;
  const keychain = keychainOf(os);
  const isInFile = loginInFile(home) !== undefined;
  const hasTrace = isOnPath("workos", env) || existsSync(join(home, folder));
  if (!isInFile && !(keychain && hasTrace && isOnPath(keychain.program, env))) return undefined;
  return {
    secret: new Secret("login"),
    renewal: new Renewing((stop) => read(home, env, os, stop)),
    origin: `the login of the WorkOS CLI (${isInFile ? `~/${folder}/${file}` : `${keychain!.title}`})`,
    refused: whatToRun,
  };
}
