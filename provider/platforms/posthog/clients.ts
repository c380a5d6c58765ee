import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { Config, Store } from "../platform";
import type { Codecs } from "../wire/codec";
import type { Credentials, PosthogConfig } from "./access";
import { Scopes } from "./scopes";
import { Api } from "./rest/client";
import { Flags } from "./flags/wire";
import { Organizations } from "./rest/organizations";
import { Room } from "./rest/room";

/** One kind: how its fields are spelled, and the verbs. */
export interface ApiStore<K extends Kind> {
  readonly codecs: Codecs<K>;
  store(clients: Clients): Store<K>;
}
/** What every store of this platform works with. */
export interface Clients {
  readonly config: PosthogConfig;
  readonly api: Api;
  readonly scopes: Scopes;
  readonly organizations: Organizations;
  readonly room: Room;
  readonly flags: Flags;
}

export function clientsOf(given: Config<Credentials>, http: Http): Clients {
  const config = { ...given, ...given.credentials };
  const scopes = new Scopes(http, config);
  const api = new Api(http, config, scopes);
  const organizations = new Organizations(api, config);
  return { config, api, scopes, organizations, room: new Room(organizations), flags: new Flags(api) };
}
