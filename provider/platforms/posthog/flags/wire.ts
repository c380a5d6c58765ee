import type { Wire } from "../../wire/codec";
import { sharedBy } from "../../wire/batching";
import { unlessGone } from "../../wire/failures";
import { type Api, inProject, part } from "../rest/client";
import { Shelf, Shelves } from "../rest/shelf";

export interface PropertyWire extends Wire {
  readonly key: string;
  readonly type: string;
  readonly value?: unknown;
  readonly operator?: string | null;
  readonly negation?: boolean | null;
  readonly group_type_index?: number | null;
  readonly cohort_name?: string | null;
}
export interface GroupWire extends Wire {
  readonly properties?: readonly PropertyWire[] | null;
  readonly rollout_percentage?: number | null;
  readonly variant?: string | null;
  readonly aggregation_group_type_index?: number | null;
  readonly description?: string | null;
}
export interface VariantWire {
  readonly key: string;
  readonly name?: string | null;
  readonly rollout_percentage: number;
}
export interface FiltersWire extends Wire {
  readonly groups?: readonly GroupWire[];
  readonly multivariate?: { readonly variants: readonly VariantWire[] } | null;
  readonly payloads?: Readonly<Record<string, string>> | null;
  readonly aggregation_group_type_index?: number | null;
  /** 2: the closed pilot of another form. */
  readonly version?: number;
}
export interface FlagWire extends Wire {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly active: boolean;
  readonly archived?: boolean;
  readonly deleted: boolean;
  readonly filters: FiltersWire;
  readonly tags?: readonly string[];
  readonly version: number;
  readonly evaluation_runtime?: "server" | "client" | "all" | null;
  readonly bucketing_identifier?: "distinct_id" | "device_id" | null;
  readonly ensure_experience_continuity?: boolean | null;
  readonly is_remote_configuration?: boolean | null;
  readonly has_encrypted_payloads?: boolean | null;
  readonly evaluation_contexts?: readonly string[];
  readonly experiment_set?: readonly number[];
  readonly surveys?: readonly unknown[];
  readonly features?: readonly unknown[];
}
export interface CohortWire {
  readonly id: number;
  readonly name: string;
}
export interface GroupTypeWire {
  readonly group_type: string;
  readonly group_type_index: number;
}

const root = "feature_flags/";
export const flagPath = (project: string, id: string | number): string => inProject(project, `${root}${part(id)}/`);
export const flagsPath = (project: string): string => inProject(project, root);

/** The flags of projects, and what their conditions name. */
export class Flags {
  readonly #shelves: Shelves<FlagWire>;
  readonly all: (project: string) => Promise<readonly FlagWire[]>;
  readonly cohorts: (project: string) => Promise<readonly CohortWire[]>;
  readonly groupTypes: (project: string) => Promise<readonly GroupTypeWire[]>;

  constructor(private readonly api: Api) {
    this.all = sharedBy((project) => api.all<FlagWire>(flagsPath(project)));
    this.cohorts = sharedBy((project) => api.all<CohortWire>(inProject(project, "cohorts/")));
    this.groupTypes = sharedBy((project) => api.get<readonly GroupTypeWire[]>(inProject(project, "groups_types/")));
    this.#shelves = new Shelves(
      (project) =>
        new Shelf(
          (id) => this.now(project, id),
          async () => new Map((await this.all(project)).map((flag) => [String(flag.id), flag])),
        ),
    );
  }

  /** One flag, as a refresh reads hundreds. One that is marked as deleted is gone. */
  async read(project: string, id: string): Promise<FlagWire | undefined> {
    if (!/^\d+$/.test(project) || !/^\d+$/.test(id)) return undefined;
    return this.#shelves.of(project).read(id);
  }
  /** One flag as it is this moment. */
  async now(project: string, id: string | number): Promise<FlagWire | undefined> {
    const flag = await this.api.get<FlagWire>(flagPath(project, id)).catch(unlessGone);
    return flag?.deleted ? undefined : flag;
  }
  /** The flag of a key. One that is archived is not told of; its key stays taken. */
  async keyed(project: string, key: string): Promise<FlagWire | undefined> {
    const found = await this.api.all<FlagWire>(flagsPath(project), { key });
    return found.find((one) => one.key === key && !one.deleted);
  }

  async send(project: string, method: "POST" | "PATCH", id: number | undefined, json: Wire): Promise<FlagWire> {
    const path = id === undefined ? flagsPath(project) : flagPath(project, id);
    try {
      return await this.api.write<FlagWire>("feature_flag:write", method, path, json, method === "PATCH");
    } finally {
      this.#shelves.of(project).empty();
    }
  }
}
