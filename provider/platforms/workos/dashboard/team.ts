import { type Exchange, NotFound, Refused } from "../../../errors";
import { billingStep } from "../capabilities";
import { Batches } from "../../wire/batching";
import type { Dashboard, EnvironmentId } from "./client";

export interface EnvironmentWire {
  readonly id: EnvironmentId;
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
export interface Located {
  readonly environment: EnvironmentWire;
  readonly project: ProjectWire;
}
type Scope = { readonly project?: string; readonly environment?: string };
const exchange: Exchange = { method: "POST", url: "graphql" };

const places = ({ projectsV2 }: TeamWire): Located[] =>
  projectsV2.flatMap((project) => project.environments.map((environment) => ({ environment, project })));

/** The account's projects and environments, which every other call is checked against. */
export class Team {
  #known: TeamWire | undefined;
  readonly #reads: Batches<void, TeamWire>;
  #me: Promise<string> | undefined;

  constructor(
    private readonly dashboard: Dashboard,
    extensions: boolean,
  ) {
    const environment = `id name sandbox clientId ${extensions ? "builtIn" : ""}`;
    const text = `{ currentTeam { id name productionState projectsV2 { id name environments { ${environment} } } } }`;
    this.#reads = new Batches(async () => {
      const { currentTeam } = await dashboard.query<{ currentTeam: TeamWire }>("teamProjectsV2", text);
      return (this.#known = currentTeam);
    });
  }

  /** As the platform has it now. */
  now(): Promise<TeamWire> {
    return this.#reads.add();
  }

  /** As it was when last asked in this process: who the account is never changes. */
  async known(): Promise<TeamWire> {
    return this.#known ?? this.now();
  }

  /** Id of the person whom the token belongs to. */
  me(): Promise<string> {
    const me = (this.#me ??= this.dashboard
      .query<{ me: { id: string } }>("me", "{ me { id } }")
      .then((answer) => answer.me.id));
    me.catch(() => (this.#me = undefined));
    return me;
  }

  /** The environment with this id, unless there is none. One that is not known yet is looked up again. */
  async find(id: string): Promise<Located | undefined> {
    const among = (team: TeamWire) => places(team).find(({ environment }) => environment.id === id);
    return among(await this.known()) ?? among(await this.now());
  }

  /** The id of an environment that exists: no other may be sent. */
  async environment(id: string): Promise<EnvironmentId> {
    const found = await this.find(id);
    if (found) return found.environment.id;
    throw new NotFound(
      `there is no environment ${id} in account ${(await this.known()).name}`,
      exchange,
      "Check its id, and the account of the token.",
    );
  }

  /** The environment as it is now, unless there is none. */
  async place(id: string): Promise<Located | undefined> {
    return places(await this.now()).find(({ environment }) => environment.id === id);
  }

  /** The project as it is now. */
  async project(id: string): Promise<ProjectWire> {
    const found = (await this.now()).projectsV2.find((project) => project.id === id);
    if (!found) throw new NotFound(`there is no project ${id} in account ${(await this.known()).name}`, exchange);
    return found;
  }

  /** The environments of a project, the one that is named, or all. */
  async places({ project, environment }: Scope): Promise<readonly Located[]> {
    return places(await this.now()).filter(
      (place) =>
        (project === undefined || place.project.id === project) &&
        (environment === undefined || place.environment.id === environment),
    );
  }

  /** Stops before anything is made in an account whose production is locked. */
  async requireBilling(): Promise<void> {
    if ((await this.now()).productionState !== "Active")
      throw new Refused("production is locked until the account has billing", billingStep);
  }
}
