import { GoliveError, Invalid, NotFound, RequestError } from "../../../errors";
import type { Finding } from "../../platform";
import type { Clients } from "../clients";
import { isShown } from "../rest/webhook-endpoint";
import type { Shown } from "./assumptions";
import { confirmed, notSeen, ofEach, refuted } from "./findings";

interface Wire {
  readonly id: string;
}
interface EndpointWire extends Wire {
  readonly secret?: string;
}
interface UriWire {
  readonly default?: boolean;
}
interface Page {
  readonly data: readonly Wire[];
  readonly list_metadata?: { readonly after: string | null };
}
type Looks = Partial<Record<Shown, () => Promise<Finding>>>;

const endpoints = "webhook_endpoints";
const connect = "connect/applications";
/** An id of the right form that nobody has. */
const nobodys = "conn_app_00000000000000000000000000";
const called = ({ id }: Wire): string => id;

/** What a key shows. Nothing but GET. */
export function restLooks({ rest }: Clients): Looks {
  const get = <T>(path: string): Promise<T> => rest.send<T>({ method: "GET", path });
  const pageOf = (path: string, after = "") => get<Page>(`${path}?limit=1&order=desc${after && `&after=${after}`}`);

  return {
    "connect-ids": async () =>
      ofEach(await rest.all<Wire>(connect), "applications", ({ id }) => id.startsWith("conn"), called),
    "signing-secrets": async () =>
      ofEach(await rest.all<EndpointWire>(endpoints), "endpoints", ({ secret }) => isShown(secret), called),
    "no-endpoint-by-id": async () => {
      const [one] = await rest.all<Wire>(endpoints);
      if (!one) return notSeen("there are no endpoints");
      try {
        await get(`${endpoints}/${encodeURIComponent(one.id)}`);
        return refuted(`${one.id} was read by its id`);
      } catch (error) {
        const { status } = error instanceof RequestError ? error.exchange : {};
        // a 404 may come as an error that takes nothing for gone
        const isNone =
          status === 405 || error instanceof NotFound || (error instanceof GoliveError && status === undefined);
        if (isNone) return confirmed(`${one.id} is listed, and is not there by its id`);
        throw error;
      }
    },
    pages: async () => {
      for (const path of [endpoints, "feature-flags", "user_management/redirect_uris", connect]) {
        const first = await pageOf(path);
        const [one] = first.data;
        const after = first.list_metadata?.after;
        if (!one || !after) continue;
        const next = await pageOf(path, encodeURIComponent(after));
        const isSo = first.data.length === 1 && next.data.length === 1 && next.data[0]!.id !== one.id;
        return isSo
          ? confirmed(`two pages of ${path}`)
          : refuted(`${path} shows ${one.id}, then ${next.data.map(called).join(", ") || "nothing"}`);
      }
      return notSeen("no list has two objects");
    },
    "not-found": async () => {
      try {
        await rest.one<Wire>(`${connect}/${nobodys}`, nobodys);
        return refuted(`${nobodys} was found`);
      } catch (error) {
        if (error instanceof NotFound) return confirmed("an id that nobody has was answered so");
        if (error instanceof Invalid) return notSeen(`the id was refused for its form: ${error.said}`);
        // what says nothing of the object itself is turned into an error without an exchange
        if (error instanceof GoliveError && !(error instanceof RequestError)) return refuted(error.said);
        throw error;
      }
    },
    "default-redirect-uri": async () => {
      const uris = await rest.all<UriWire>("user_management/redirect_uris");
      const defaults = uris.filter((uri) => uri.default === true).length;
      if (uris.length === 0) return notSeen("there are no redirect URIs");
      return defaults === 1 ? confirmed(`one of ${uris.length}`) : refuted(`${defaults} of ${uris.length}`);
    },
  };
}
