import type { Row, Store } from "../store/database";
import type { AccountData, EnvironmentData, ProjectData } from "../store/objects";

/** Who asks: the store, and the one account that the credential belongs to. */
export interface Session {
  readonly store: Store;
  readonly account: string;
}

export const accountOf = ({ store, account }: Session): Row<AccountData> => store.any<AccountData>("account", account)!;
export const projectOf = ({ store, account }: Session, id: string) => store.get<ProjectData>("project", account, id);
export const environmentOf = ({ store, account }: Session, id: string) =>
  store.get<EnvironmentData>("environment", account, id);
export const projectsOf = ({ store, account }: Session) => store.children<ProjectData>("project", account);
export const isLocked = (session: Session): boolean => accountOf(session).data.productionState !== "Active";

export const billingMessage = "A production environment requires billing information. Add it in the dashboard.";
/** What the API answers while production is locked. */
export const requiresBilling = { __typename: "ProductionEnvironmentRequiresBilling", message: billingMessage } as const;
