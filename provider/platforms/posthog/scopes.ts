import { isDeepStrictEqual } from "node:util";
import type { Bag } from "../../define";
import { Forbidden, NotFound } from "../../errors";
import type { Http } from "../../http";
import type { Kind } from "../../resources";
import type { PosthogConfig } from "./access";

/** What of the API each kind is. A key writes it with `:write`, which implies `:read`. */
export const objects: { readonly [K in Kind]?: string } = {
  Project: "organization",
  Environment: "project",
  FeatureFlagRule: "feature_flag",
  WebhookEndpoint: "hog_function",
  ApiKey: "project",
};
/** Kinds that nothing is written of. */
const readOnly: readonly Kind[] = ["Project"];

export interface KeyWire {
  readonly label: string;
  readonly scopes: readonly string[];
  readonly scoped_teams?: readonly number[] | null;
  readonly scoped_organizations?: readonly string[] | null;
}
const grants = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes("*") || scopes.includes(scope) || scopes.includes(scope.replace(/:read$/, ":write"));

/** What the key may do. It is asked once; what is missing for all that is planned is said before the first write. */
export class Scopes {
  #key: Promise<KeyWire | undefined> | undefined;
  readonly #planned = new Set<string>();

  constructor(
    private readonly http: Http,
    private readonly config: PosthogConfig,
  ) {}

  /** The key itself, whatever its scopes; nothing on a server that does not tell. */
  key(): Promise<KeyWire | undefined> {
    const ask = async () => {
      const request = {
        method: "GET",
        path: "api/personal_api_keys/@current/",
        credential: this.config.apiKey,
      } as const;
      try {
        return (await this.http.send(request)).body as KeyWire;
      } catch (error) {
        if (error instanceof NotFound || error instanceof Forbidden) return undefined;
        throw error;
      }
    };
    const key = (this.#key ??= ask());
    key.catch(() => (this.#key = undefined));
    return key;
  }

  /** Notes what a check has seen: a write comes of it where anything changes. */
  plan(kind: Kind, inputs: Bag, olds: Bag = {}): void {
    const object = objects[kind];
    if (object && !readOnly.includes(kind) && !isDeepStrictEqual(inputs, olds)) this.#planned.add(`${object}:write`);
  }

  /** Stops before anything is written with a key that may not write all that is planned. */
  async require(...needed: readonly string[]): Promise<void> {
    const key = await this.key();
    if (!key || !Array.isArray(key.scopes)) return;
    const missing = [...new Set([...needed, ...this.#planned])]
      .filter((scope) => !grants(key.scopes, scope))
      .toSorted();
    if (missing.length === 0) return;
    throw new Forbidden(
      `the personal key lacks the scope${missing.length > 1 ? "s" : ""} ${missing.map((one) => `\`${one}\``).join(", ")}, and nothing was written`,
      { method: "GET", url: "api/personal_api_keys/@current/" },
      `Add what is missing to the key in PostHog, under personal API keys. The key came from ${this.config.apiKey?.origin}.`,
    );
  }
}
