import { ConfigError, Forbidden, NotFound } from "../../../errors";
import { type Account, accountOfAll, accountOfKey } from "../../platform";
import { sharedBy } from "../../wire/batching";
import type { PosthogConfig } from "../access";
import { type Api, inOrganization } from "./client";

/** An organization as a list tells it. */
export interface OrganizationWire {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}
/** All that is told of one. */
export interface WholeOrganizationWire extends OrganizationWire {
  readonly projects?: readonly { readonly id: number; readonly name: string }[];
  readonly available_product_features?: readonly { readonly key: string; readonly limit?: number | null }[] | null;
}
/** A project as lists and reads tell it. */
export interface ProjectWire {
  readonly id: number;
  readonly organization: string;
  readonly name: string;
  readonly api_token: string;
  readonly ingested_event?: boolean;
  readonly is_demo?: boolean;
  readonly is_pending_deletion?: boolean;
}

export const folded = (name: string): string => name.trim().toLowerCase();
/** An organization goes by its id, its slug or its name. */
export const goesBy = ({ id, slug, name }: OrganizationWire, called: string): boolean =>
  id === called.trim() || slug === called.trim() || folded(name) === folded(called);

const isId = (called: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(called);

/** The organizations that the key reaches. */
export class Organizations {
  #known: readonly OrganizationWire[] | undefined;
  #account: Promise<Account> | undefined;
  readonly #list: (key: string) => Promise<readonly OrganizationWire[]>;
  /** One with what its plan holds. */
  readonly whole: (id: string) => Promise<WholeOrganizationWire>;
  readonly projects: (organization: string) => Promise<readonly ProjectWire[]>;

  constructor(
    private readonly api: Api,
    private readonly config: PosthogConfig,
  ) {
    this.whole = sharedBy((id) => api.get<WholeOrganizationWire>(inOrganization(id)));
    const only = config.organizationId?.secret.reveal();
    this.#list = sharedBy(async () => {
      const all = only === undefined ? await api.all<OrganizationWire>("api/organizations/") : [await this.whole(only)];
      return (this.#known = all);
    });
    this.projects = sharedBy(async (id) =>
      (await api.all<ProjectWire>(inOrganization(id, "projects/"))).filter((one) => !one.is_pending_deletion),
    );
  }

  /** As they are now. */
  now(): Promise<readonly OrganizationWire[]> {
    return this.#list("");
  }
  /** The organization that is called so, if the key reaches it. */
  async find(called: string): Promise<OrganizationWire | undefined> {
    const among = (all: readonly OrganizationWire[]) =>
      all.find(({ id }) => id === called) ?? all.find((one) => goesBy(one, called));
    return among(this.#known ?? []) ?? among(await this.now());
  }
  /** The id of an organization that is named by it, or otherwise. */
  async idOf(called: string): Promise<string> {
    // an id is believed: to read which there are, a key needs one scope more
    if (isId(called)) return called;
    const found = await this.find(called);
    if (found) return found.id;
    throw new NotFound(
      `the key reaches no organization "${called}"`,
      { method: "GET", url: "api/organizations/" },
      "Check its name, slug or id, and that the user of the key is a member.",
    );
  }

  /** Ids of the projects of an organization, the one that is named, or all. */
  async places(scope: {
    readonly project?: string | undefined;
    readonly environment?: string | undefined;
  }): Promise<readonly string[]> {
    if (scope.environment !== undefined) return [scope.environment];
    const owners =
      scope.project === undefined ? (await this.now()).map(({ id }) => id) : [await this.idOf(scope.project)];
    return (await Promise.all(owners.map((id) => this.projects(id)))).flat().map(({ id }) => String(id));
  }
  /** Whether an organization is called so. */
  async is(called: string, id: string): Promise<boolean> {
    if (called === id || isId(called)) return called === id;
    return (await this.find(called).catch(() => undefined))?.id === id;
  }

  /** Whose objects the key reaches. A key may not be let to read that: then its organization is declared, or it is known by itself. */
  account(): Promise<Account> {
    const account = (this.#account ??= this.#whose());
    account.catch(() => (this.#account = undefined));
    return account;
  }

  async #whose(): Promise<Account> {
    const { apiKey, organizationId } = this.config;
    if (!apiKey) throw new ConfigError("no credential is configured", "Set GOLIVE_API_KEY.");
    try {
      const all = await this.now();
      if (all.length > 0) return accountOfAll(all);
      throw new ConfigError("the key reaches no organization", "Give a key of a member of one.");
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      const declared = organizationId?.secret.reveal();
      if (declared !== undefined) return { id: declared, name: "the declared organization" };
      const owner = await this.#ofProjects();
      return owner === undefined ? accountOfKey(apiKey) : { id: owner, name: "the organization of the key's projects" };
    }
  }

  /** Whose the projects are that the key is limited to. */
  async #ofProjects(): Promise<string | undefined> {
    const [project] = (await this.api.scopes.key())?.scoped_teams ?? [];
    if (project === undefined) return undefined;
    return this.api.get<ProjectWire>(`api/projects/${project}/`).then(
      ({ organization }) => organization,
      (error: unknown) => {
        if (error instanceof Forbidden || error instanceof NotFound) return undefined;
        throw error;
      },
    );
  }
}
