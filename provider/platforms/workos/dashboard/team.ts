import { Refused } from "../../../errors";
import { billingStep } from "../capabilities";
import { Batches } from "../../wire/batching";
import { type Dashboard, type EnvironmentId, listed, notAnswered } from "./client";
import { reader } from "./reader";

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

const places = ({ projectsV2 }: TeamWire): Located[] =>
  projectsV2.flatMap((project) => project.environments.map((environment) => ({ environment, project })));

/** A team has a project from its first day: one that shows none shows nothing, and what is gone cannot be told. */
function believed({ name, projectsV2 }: TeamWire): void {
  if (projectsV2.length === 0)
    throw new Refused(
      `account ${name} shows no project at all, which is no proof that anything is gone`,
      "Check what the token may see, and run the same command again.",
    );
}

/** The account's projects and environments, which every other call is checked against. */
export class Team {
  #known: TeamWire | undefined;
  readonly #reads: Batches<void, TeamWire>;
  readonly #byId: (
    inside: EnvironmentId,
    id: string,
  ) => Promise<(EnvironmentWire & { projectV2: ProjectWire }) | undefined>;
  #me: Promise<string> | undefined;

  constructor(
    private readonly dashboard: Dashboard,
    extensions: boolean,
  ) {
    const environment = `id name sandbox clientId ${extensions ? "builtIn" : ""}`;
    const project = `id name environments { ${environment} }`;
    const text = `{ currentTeam { id name productionState projectsV2 { ${project} } } }`;
    this.#reads = new Batches(async () => {
      const { currentTeam } = await dashboard.query<{ currentTeam: TeamWire | null }>("currentTeam", text);
      if (!currentTeam) throw notAnswered("currentTeam", "no team");
      for (const { environments } of listed<ProjectWire>("currentTeam", currentTeam.projectsV2))
        listed("currentTeam", environments);
      return (this.#known = currentTeam);
    });
    this.#byId = reader(dashboard, "environment", `${environment} projectV2 { ${project} }`);
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
      .query<{ me: { id: string } | null }>("me", "{ me { id } }")
      .then((answer) => {
        if (!answer.me) throw notAnswered("me", "nobody");
        return answer.me.id;
      }));
    me.catch(() => (this.#me = undefined));
    return me;
  }

  /** The environment with this id, unless it is gone. One that is not known yet is looked up again. */
  async find(id: string): Promise<Located | undefined> {
    const found = places(await this.known()).find(({ environment }) => environment.id === id);
    return found ?? this.place(id);
  }

  /** The environment as it is now. `undefined` means gone: of a list that lacks it, it is asked itself. */
  async place(id: string): Promise<Located | undefined> {
    const team = await this.now();
    const found = places(team).find(({ environment }) => environment.id === id) ?? (await this.direct(id));
    if (!found) believed(team);
    return found;
  }

  /** The environment as it answers itself. It is the only one that is asked before it is known: of itself, and only to read. */
  async direct(id: string): Promise<Located | undefined> {
    const answer = await this.#byId(id as EnvironmentId, id);
    if (!answer) return undefined;
    const { projectV2: project, ...environment } = answer;
    if (!project) throw notAnswered(`environment ${id}`, "no project");
    listed(`environment ${id}`, project.environments);
    return { environment, project };
  }

  /** Whether an environment that was known is there still. Two answers that contradict each other prove nothing. */
  async stands(id: EnvironmentId): Promise<boolean> {
    if (await this.direct(id)) return true;
    const team = await this.now();
    if (places(team).some(({ environment }) => environment.id === id))
      throw notAnswered(`environment ${id}`, "nothing, though the account lists it");
    believed(team);
    return false;
  }

  /** The id of an environment that exists: no other may be sent. */
  async environment(id: string): Promise<EnvironmentId> {
    const found = await this.find(id);
    if (found) return found.environment.id;
    throw new Refused(
      `there is no environment ${id} in account ${(await this.known()).name}`,
      "Check its id, and the account of the token.",
    );
  }

  /** The project as it is now. */
  async project(id: string): Promise<ProjectWire> {
    const found = (await this.now()).projectsV2.find((project) => project.id === id);
    if (found) return found;
    throw new Refused(`there is no project ${id} in account ${(await this.known()).name}`, "Check its id.");
  }

  /**
   * The project as it is now, by the list or by one of the environments that it had. `undefined` means gone: the list
   * holds others, and each of its environments says of itself that it is.
   */
  async projectOf(id: string, had: readonly string[]): Promise<ProjectWire | undefined> {
    const team = await this.now();
    const found = team.projectsV2.find((project) => project.id === id);
    if (found) return found;
    const answers = await Promise.all(had.map((environment) => this.direct(environment)));
    const itself = answers.find((place) => place?.project.id === id);
    if (itself) return itself.project;
    believed(team);
    if (had.length === 0 || answers.some((place) => place !== undefined))
      throw new Refused(
        `account ${team.name} lists no project ${id}, which is no proof that it is gone`,
        "Run the same command again; if the project was deleted, remove it with `pulumi state delete`.",
      );
    return undefined;
  }

  /** An environment of a project, for what belongs to the project: staging's, which more people may enter. */
  async within(id: string): Promise<EnvironmentId> {
    const among = ({ projectsV2 }: TeamWire) => projectsV2.find((project) => project.id === id);
    const { environments } = among(await this.known()) ?? (await this.project(id));
    const chosen = environments.find(({ sandbox }) => sandbox) ?? environments[0];
    if (chosen) return chosen.id;
    throw new Refused(
      `project ${id} lists no environment, and what is in it is reached through one`,
      "Make one in the dashboard first.",
    );
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
