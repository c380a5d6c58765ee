import type { Row, Store } from "../store/database";
import type { AccountData, EnvironmentData, ProjectData } from "../store/objects";

/** One environment and its project. */
export interface Scope {
  readonly environment: string;
  readonly project: string;
}
/** Who asks: the store, and the one account that the credential belongs to. */
export interface Session {
  readonly store: Store;
  readonly account: string;
  /** Where it is asked: what lies in another environment, or in another project, is not there. Everywhere, when left out. */
  readonly within?: Scope;
}

export const accountOf = ({ store, account }: Session): Row<AccountData> => store.any<AccountData>("account", account)!;
/** Whether something in this environment, or in this project, is seen. */
export const isSeen = ({ within }: Session, place: keyof Scope, id: string): boolean =>
  within === undefined || within[place] === id;
/** The row, unless it lies in another environment, or in another project, than where it is asked for. */
export const seen = <D>(session: Session, place: keyof Scope, row: Row<D> | undefined): Row<D> | undefined =>
  row && isSeen(session, place, row.parent) ? row : undefined;

export const projectOf = (session: Session, id: string) =>
  isSeen(session, "project", id) ? anyProjectOf(session, id) : undefined;
export const environmentOf = (session: Session, id: string) =>
  isSeen(session, "environment", id) ? anyEnvironmentOf(session, id) : undefined;
/** Of the account, wherever it is asked. */
export const anyProjectOf = ({ store, account }: Session, id: string) => store.get<ProjectData>("project", account, id);
export const anyEnvironmentOf = ({ store, account }: Session, id: string) =>
  store.get<EnvironmentData>("environment", account, id);
export const projectsOf = ({ store, account }: Session) => store.children<ProjectData>("project", account);
export const isLocked = (session: Session): boolean => accountOf(session).data.productionState !== "Active";

export const billingMessage = "A production environment requires billing information. Add it in the dashboard.";
/** What the API answers while production is locked. */
export const requiresBilling = { __typename: "ProductionEnvironmentRequiresBilling", message: billingMessage } as const;
