import { ConfigError } from "../errors";
import { type Command, runCommand } from "./command";
import { Renewing } from "./renewal";
import { type Credential, Secret } from "./secret";
import { printedToken, type Token } from "./token";

/** Runs the command of a person, who prints a token with it. */
async function tokenBy(command: Command, stop?: AbortSignal): Promise<Token> {
  const { code, stdout } = await runCommand(command, stop);
  if (code !== 0)
    throw new ConfigError(
      `${command.name} ${code === undefined ? "could not be run" : `ended with code ${code}`}`,
      "Run it yourself, and correct it: what it said of it stands above.",
    );
  const token = printedToken(stdout);
  if (token) return token;
  throw new ConfigError(
    `${command.name} printed no token`,
    "It prints the token alone, or JSON with `token` and `expiresAt`; all else belongs on stderr.",
  );
}

/** One per command, whoever is configured with it: it never runs beside itself. */
const commands = new Map<string, Renewing>();

/** A credential whose secrets a command prints. `origin` says where the command was given. */
export function commandCredential(
  run: string,
  origin: string,
  limits: Pick<Command, "longestMs" | "say"> = {},
): Credential {
  const name = `the token command (from ${origin})`;
  const renewal = commands.get(run) ?? new Renewing((stop) => tokenBy({ run, name, ...limits }, stop));
  commands.set(run, renewal);
  return {
    secret: new Secret(run),
    renewal,
    origin: name,
    refused:
      "The token command was run once more, and its new token was refused as well: run it yourself, and see whose token it prints.",
  };
}
