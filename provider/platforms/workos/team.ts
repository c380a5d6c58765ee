import { type Exchange, NotFound, Refused } from "../../errors";
import { billingStep } from "./capabilities";
import type { Dashboard } from "./dashboard";

export interface EnvironmentWire {
  readonly id: string;
  readonly name: string;
  readonly sandbox: boolean;
  readonly clientId: string | null;
  /** Of the rehearsal only. */
  readonly builtIn?: boolean;
}
export interface ProjectWire {
  readonly id: string;
  readonly name: string;
  readonly environments: readonly EnvironmentWire[];
}
interface TeamWire {
  readonly id: string;
  readonly name: string;
  readonly productionState: string;
  readonly projectsV2: readonly ProjectWire[];
}
const none: Exchange = { method: "POST", url: "currentTeam" };

/** Shares one answer between all who ask while it is on its way. */
export function sharing<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const under = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = under.get(key);
    if (known) return known;
    const promise = ask().finally(() => under.delete(key));
    under.set(key, promise);
    return promise;
  };
}

/** The account's projects and environments, which every other call is checked against. */
export class Team {
  #known: TeamWire | undefined;
  readonly #share = sharing<TeamWire>();

  constructor(
    private readonly dashboard: Dashboard,
    private readonly extensions: boolean,
  ) {}

  /** As the platform has it now. */
  now(): Promise<TeamWire> {
    return this.#share("team", async () => {
      const extra = this.extensions ? "builtIn" : "";
      const text = `{ currentTeam { id name productionState projectsV2 { id name environments { id name sandbox clientId ${extra} } } } }`;
      const { currentTeam } = await this.dashboard.query<{ currentTeam: TeamWire }>("teamProjectsV2", text);
      return (this.#known = currentTeam);
    });
  }

  /** As it was when last asked in this process: who the account is never changes. */
  async known(): Promise<TeamWire> {
    return this.#known ?? this.now();
  }

  /**
   * The environment with its project. The server takes an unknown id for production, silently, so none is sent that
   * is not found here first.
   */
  async environment(id: string): Promise<{ environment: EnvironmentWire; project: ProjectWire }> {
    const found = inTeam(await this.known(), id) ?? inTeam(await this.now(), id);
    if (!found) throw new NotFound(`there is no environment ${id} in account ${(await this.known()).name}`, none);
    return found;
  }

  async project(id: string): Promise<ProjectWire> {
    const find = (team: TeamWire) => team.projectsV2.find((project) => project.id === id);
    const found = find(await this.now());
    if (!found) throw new NotFound(`there is no project ${id} in account ${(await this.known()).name}`, none);
    return found;
  }

  /** Stops before anything is made in an account whose production is locked. */
  async requireBilling(): Promise<void> {
    if ((await this.now()).productionState !== "Active")
      throw new Refused("production is locked until the account has billing", billingStep);
  }
}

export function inTeam(team: TeamWire, id: string): { environment: EnvironmentWire; project: ProjectWire } | undefined {
  for (const project of team.projectsV2) {
    const environment = project.environments.find((e) => e.id === id);
    if (environment) return { environment, project };
  }
  return undefined;
}
