import { GoliveError, NotFound, Unsupported } from "../../../errors";
import type { Http, Request } from "../../../http";
import type { Credential } from "../../../http/secret";

interface Page {
  readonly data: readonly unknown[];
  readonly list_metadata?: { readonly after: string | null };
}

const notAnswered = (path: string, what: string) =>
  new GoliveError(
    `${path} was answered with ${what}`,
    "Check that the endpoint is a management API: nothing is taken for gone.",
  );

/**
 * A 404 that speaks of the object: by its code, or by its id. Of an address that is none, or of a proxy on the way, it
 * is no word that something is gone.
 */
function ofItself(error: NotFound, path: string): Error {
  const about = path.split(/[/?]/).map(decodeURIComponent);
  const namesIt = about.some((part) => part.length > 0 && error.message.includes(`'${part}'`));
  return error.exchange.code === "entity_not_found" || namesIt
    ? error
    : new GoliveError(error.message, "Check that the endpoint is a management API: nothing is taken for gone.");
}

/** The environment API: REST with the secret key of one environment, which is the environment of every call. */
export class Rest {
  constructor(
    private readonly http: Http,
    private readonly apiKey: Credential | undefined,
  ) {}

  async send<T>(request: Omit<Request, "credential">): Promise<T> {
    if (!this.apiKey) throw new Unsupported("this needs the secret key of its environment", "Set GOLIVE_API_KEY.");
    const sent = this.http.send({ ...request, credential: this.apiKey }).catch((error: unknown) => {
      throw error instanceof NotFound ? ofItself(error, request.path) : error;
    });
    return (await sent).body as T;
  }

  /** One object by its id. */
  async one<T extends { readonly id: string }>(path: string, id: string): Promise<T> {
    const found = await this.send<Partial<T> | undefined>({ method: "GET", path });
    if (found?.id !== id) throw notAnswered(path, "something else");
    return found as T;
  }

  /** Every object of a list. Its order is named, as the default differs between versions of the API. */
  async all<T>(path: string): Promise<readonly T[]> {
    const found: T[] = [];
    for (let after: string | null | undefined = "", first = true; first || after; first = false) {
      const query: string = `limit=100&order=desc${after ? `&after=${encodeURIComponent(after)}` : ""}`;
      const page: Page | undefined = await this.send<Page | undefined>({ method: "GET", path: `${path}?${query}` });
      if (!Array.isArray(page?.data)) throw notAnswered(path, "no list");
      found.push(...(page.data as T[]));
      if (page.list_metadata?.after && page.list_metadata.after === after)
        throw notAnswered(path, "the same page twice");
      after = page.list_metadata?.after;
    }
    return found;
  }
}
