import { Unsupported } from "../../errors";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { Config, Store } from "../platform";
import type { Credentials, WorkosConfig } from "./access";
import { byHand } from "./capabilities";
import { Dashboard } from "./dashboard/client";
import { FlagRules } from "./dashboard/flag-rules";
import { PlatformApi } from "./platform-api/client";
import { Rest } from "./rest/client";
import type { Codecs } from "../wire/codec";
import { Team } from "./dashboard/team";

/** One kind on one API: the codecs of its fields there, and the verbs. */
export interface ApiStore<K extends Kind> {
  readonly codecs: Codecs<K>;
  store(clients: Clients): Store<K>;
}

/** What every store of this platform works with. */
export interface Clients {
  readonly config: WorkosConfig;
  /** The endpoint is a rehearsal, which offers what the real API does not. */
  readonly extensions: boolean;
  readonly dashboard: Dashboard;
  readonly team: Team;
  readonly rest: Rest;
  readonly platformApi: PlatformApi;
  /** Shared, as a flag writes its rules too. */
  readonly rules: FlagRules;
}

export function clientsOf(given: Config<Credentials>, http: Http): Clients {
  const config = { ...given, ...given.credentials };
  const extensions = config.rehearsal;
  const dashboard = new Dashboard(http, config.token);
  const team = new Team(dashboard, extensions);
  const rest = new Rest(http, config.apiKey);
  const platformApi = new PlatformApi(http, config, team);
  return { config, extensions, dashboard, team, rest, platformApi, rules: new FlagRules(dashboard, team) };
}

/** Stops where only the rehearsal can go on, with the step to take by hand. */
export function requireExtension({ extensions }: Clients, what: keyof typeof byHand): void {
  if (!extensions) throw new Unsupported("WorkOS cannot do this through its API", byHand[what]);
}
