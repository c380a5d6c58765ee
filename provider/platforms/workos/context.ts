import type { Config } from "../../config";
import { Unsupported } from "../../errors";
import type { Http } from "../../http";
import { byHand } from "./capabilities";
import type { Rest } from "./rest";
import type { Dashboard } from "./dashboard";
import type { Team } from "./team";

/** What every store of this platform works with. */
export interface Context {
  readonly config: Config;
  readonly http: Http;
  /** Throws when there is no dashboard token; `check` has said so before. */
  readonly dashboard: Dashboard;
  readonly team: Team;
  readonly rest: Rest;
  /** The endpoint is a rehearsal, which offers what the real API does not. */
  readonly extensions: boolean;
}

/** Stops where only the rehearsal can go on, with the step to take by hand. */
export function requireExtension({ extensions }: Context, what: keyof typeof byHand): void {
  if (!extensions) throw new Unsupported("WorkOS cannot do this through its API", byHand[what]);
}
