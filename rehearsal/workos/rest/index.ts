import { auditLogRoutes } from "./audit-logs";
import { authorizationRoutes } from "./authorization";
import { connectRoutes } from "./connect";
import { flagRoutes } from "./flags";
import { organizationRoutes } from "./organizations";
import { router } from "./router";
import { userManagementRoutes } from "./user-management";
import { webhookRoutes } from "./webhooks";

/** Every route of the environment API. */
export const routes = {
  ...webhookRoutes,
  ...connectRoutes,
  ...flagRoutes,
  ...userManagementRoutes,
  ...organizationRoutes,
  ...authorizationRoutes,
  ...auditLogRoutes,
};
export const rest = router(routes);
