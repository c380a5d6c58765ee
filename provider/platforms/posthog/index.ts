import type { PlatformModule } from "../platform";
import { access, type Credentials } from "./access";
import { capabilities } from "./capabilities";
import { checklist } from "./checklist";
import type * as connection from "./connect";
import { rules } from "./rules";
import { title } from "./title";

/** PostHog: its API with a personal key, in its cloud of either region or hosted by oneself. */
export const posthog: PlatformModule<Credentials> = {
  name: "posthog",
  title,
  access,
  // what the documented limits leave, the first burst included: 480 in any minute and 4,800 in any hour per key
  limits: [
    { burst: 200, perSecond: 4.5 },
    { burst: 3_000, perSecond: 0.49 },
  ],
  capabilities,
  rules,
  sections: ["flags", "webhooks", "keys"],
  checklist,
  connect(config, http) {
    // eslint-disable-next-line typescript/no-require-imports -- the stores, which who asks for a rule or an item does not need
    return (require("./connect") as typeof connection).connect(config, http);
  },
};
