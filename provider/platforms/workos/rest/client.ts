import { Unsupported } from "../../../errors";
import type { Http, Request } from "../../../http";
import type { Credential } from "../../../http/secret";

interface Page {
  readonly data: readonly unknown[];
  readonly list_metadata?: { readonly after: string | null };
}

/** The environment API: REST with the secret key of one environment, which is the environment of every call. */
export class Rest {
  constructor(
    private readonly http: Http,
    private readonly apiKey: Credential | undefined,
  ) {}

  async send<T>(request: Omit<Request, "credential">): Promise<T> {
    if (!this.apiKey) throw new Unsupported("this needs the secret key of its environment", "Set GOLIVE_API_KEY.");
    return (await this.http.send({ ...request, credential: this.apiKey })).body as T;
  }

  /** Every object of a list. Its order is named, as the default differs between versions of the API. */
  async all<T>(path: string): Promise<readonly T[]> {
    const found: T[] = [];
    for (let after: string | null | undefined = "", first = true; first || after; first = false) {
      const query: string = `limit=100&order=desc${after ? `&after=${encodeURIComponent(after)}` : ""}`;
      const page: Page = await this.send<Page>({ method: "GET", path: `${path}?${query}` });
      found.push(...(page.data as T[]));
      after = page.list_metadata?.after;
    }
    return found;
  }
}
