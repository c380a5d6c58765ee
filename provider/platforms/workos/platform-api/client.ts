import { NotFound, Refused, Unauthorized, Unsupported } from "../../../errors";
import type { Http, Request } from "../../../http";
import { type Credential, Secret } from "../../../http/secret";
import type { WorkosConfig } from "../access";
import type { Team } from "../dashboard/team";

const spareMs = 60_000;
const loginAddress = "https://signin.workos.com/oauth2/token";
interface Login {
  readonly credential: Credential;
  until: number;
}

/** The Platform API: environments and keys, with client credentials. Its tokens live for an hour. */
export class PlatformApi {
  #login: Promise<Login> | undefined;

  constructor(
    private readonly http: Http,
    private readonly config: WorkosConfig,
    private readonly team: Team,
  ) {}

  /** Whether there are credentials for it. */
  get isOpen(): boolean {
    return this.config.clientId !== undefined && this.config.clientSecret !== undefined;
  }

  async deleteEnvironment(id: string): Promise<void> {
    await this.#send(id, { method: "DELETE", path: "", repeatable: true, name: "deleteEnvironment" });
  }

  /** Makes a secret key. Its value is in this answer and in no other. */
  async createKey(
    environment: string,
    name: string,
    expiresAt: string | null,
  ): Promise<{ readonly id: string; readonly value: string }> {
    const json = { name, expires_at: expiresAt };
    const body = await this.#send(environment, { method: "POST", path: "/api_keys", json, name: "createKey" });
    return body as { id: string; value: string };
  }

  /** @param at When; now, when null. */
  async expireKey(environment: string, id: string, at: string | null): Promise<void> {
    const path = `/api_keys/${encodeURIComponent(id)}/expire`;
    const json = at === null ? {} : { expires_at: at };
    await this.#send(environment, { method: "POST", path, json, repeatable: true, name: "expireKey" });
  }

  /** A 404 here may mean that access was revoked: whether something is gone, the dashboard API says. */
  async #send(environment: string, request: Request): Promise<unknown> {
    const under = `platform/teams/${(await this.team.known()).id}/environments/${encodeURIComponent(environment)}`;
    const send = async (login: Login) =>
      (await this.http.send({ ...request, path: `${under}${request.path}`, credential: login.credential })).body;
    const login = await this.#loggedIn();
    try {
      return await send(login).catch(async (error: unknown) => {
        if (!(error instanceof Unauthorized)) throw error;
        // a token may end before its time: once more, with another
        login.until = 0;
        return send(await this.#loggedIn());
      });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new Refused(
        error.message,
        "It does not exist, or the access of these Platform API credentials was revoked: this is no word that it is gone. See it in the dashboard.",
      );
    }
  }

  /** One login for all who ask, until shortly before it ends. */
  async #loggedIn(): Promise<Login> {
    const current = this.#login;
    const login = await current?.catch(() => undefined);
    if (login && login.until > Date.now()) return login;
    // who comes second finds what the first began
    if (this.#login === current) this.#login = this.#logIn();
    return this.#login!;
  }

  async #logIn(): Promise<Login> {
    const { clientId, clientSecret, rehearsal } = this.config;
    if (!clientId || !clientSecret)
      throw new Unsupported(
        "the Platform API needs client credentials",
        "Set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET.",
      );
    const { body } = await this.http.send({
      method: "POST",
      path: rehearsal ? "oauth2/token" : loginAddress,
      form: {
        grant_type: "client_credentials",
        client_id: clientId.secret.reveal(),
        client_secret: clientSecret.secret.reveal(),
      },
      repeatable: true,
      name: "the Platform API's login",
    });
    const { access_token: token, expires_in: seconds } = body as { access_token: string; expires_in: number };
    return {
      credential: { ...clientId, secret: new Secret(token) },
      until: Date.now() + seconds * 1000 - spareMs,
    };
  }
}
