import { Unsupported } from "../../../errors";
import type { Http, Request } from "../../../http";
import { type Credential, Secret } from "../../../http/secret";
import type { WorkosConfig } from "../access";
import type { Team } from "../dashboard/team";

const spareMs = 60_000;
const loginAddress = "https://signin.workos.com/oauth2/token";

/** The Platform API: environments and keys, with client credentials. Its tokens live for an hour. */
export class PlatformApi {
  #login: Promise<{ readonly credential: Credential; readonly until: number }> | undefined;

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

  async #send(environment: string, request: Request): Promise<unknown> {
    const under = `platform/teams/${(await this.team.known()).id}/environments/${encodeURIComponent(environment)}`;
    const credential = await this.#credential();
    return (await this.http.send({ ...request, path: `${under}${request.path}`, credential })).body;
  }

  async #credential(): Promise<Credential> {
    const login = await this.#login?.catch(() => undefined);
    if (login && login.until > Date.now()) return login.credential;
    this.#login = this.#logIn();
    return (await this.#login).credential;
  }

  async #logIn(): Promise<{ credential: Credential; until: number }> {
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
      credential: { secret: new Secret(token), origin: clientId.origin },
      until: Date.now() + seconds * 1000 - spareMs,
    };
  }
}
