import type { PlatformModule } from "../platform";
import { access, type Credentials } from "./access";
import { capabilities } from "./capabilities";
import { checklist } from "./checklist";
import type * as connection from "./connect";
import { contract } from "./contract";
import { rules, stagingOnly } from "./rules";
import { title } from "./title";

/** WorkOS: the dashboard API with a token, the environment API with a key, or both. */
export const workos: PlatformModule<Credentials> = {
  name: "workos",
  title,
  access,
  // what the documented limit leaves: 6,000 requests in any 60 seconds per key, the first burst included
  limits: { burst: 300, perSecond: 95 },
  capabilities,
  rules,
  // a flag is defined once, and its definition reaches no rule
  unused: { FeatureFlagRule: ["definition", "secretPayload"] },
  sections: ["applications", "flags", "webhooks", "keys"],
  checklist,
  contract,
  stagingOnly,
  connect(config, http) {
    // eslint-disable-next-line typescript/no-require-imports -- the stores, which who asks for a rule or an item does not need
    return (require("./connect") as typeof connection).connect(config, http);
  },
};
