import { Forbidden, Invalid, RateLimited, RequestError, ServerFault, Unauthorized, Unreachable } from "../../../errors";
import type { Http } from "../../../http";
import type { Assumption, Config, Finding } from "../../platform";
import { access, type Credentials } from "../access";
import { clientsOf } from "../clients";
import { assumptions, type Shown } from "./assumptions";
import { lookAtBoth } from "./both";
import { dashboardLooks } from "./dashboard";
import { notSeen, refuted } from "./findings";
import { restLooks } from "./rest";

/** What a question that was not answered shows. Nobody to ask is no finding. */
function unanswered(error: unknown): Finding {
  if (!(error instanceof RequestError) || error instanceof Unauthorized || error instanceof Unreachable) throw error;
  // what golive sends was not understood
  if (error instanceof Invalid) return refuted(`the question was refused: ${error.said}`);
  if (error instanceof Forbidden || error instanceof RateLimited || error instanceof ServerFault)
    return notSeen(error.said);
  throw error;
}

/** Holds the assumptions against an account: queries, and GET. */
export function look(config: Config<Credentials>, http: Http): (id: string) => Promise<Finding> {
  // as the real platform is asked, also at a rehearsal
  const clients = clientsOf({ ...config, rehearsal: false }, http);
  const looks = { ...dashboardLooks(clients), ...restLooks(clients), ...lookAtBoth(clients) } as Record<
    Shown,
    () => Promise<Finding>
  >;
  return async (id) => {
    const { seenWith } = assumptions.find((one) => one.id === id)! as Assumption<Credentials>;
    if (seenWith.length === 0) return notSeen("only a write would show it");
    const missing = seenWith.find((name) => config.credentials[name] === undefined);
    if (missing) return notSeen(`it takes ${access.credentials[missing].give}`);
    return looks[id as Shown]().catch(unanswered);
  };
}
