import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import type { Bag } from "@golive/provider/define";
import { kindOf, readable } from "./inputs";
import * as rules from "./rules";

function policy(
  name: string,
  enforcementLevel: EnforcementLevel,
  description: string,
  rule: rules.Rule,
): ResourceValidationPolicy {
  return {
    name,
    description,
    enforcementLevel,
    validateResource({ type, name: resource, props }, report) {
      const kind = kindOf(type);
      if (kind === undefined) return;
      for (const { property, reason } of rule(kind, readable(props) as Bag))
        report(`${kind} "${resource}": ${property} ${reason}.`);
    },
  };
}

/** Every policy of golive's, for a pack of your own: `new PolicyPack("shop", { policies: [...policies, …] })`. */
export const policies: ResourceValidationPolicy[] = [
  policy("golive-no-http", "mandatory", "Production has no http URL.", rules.noHttpInProduction),
  policy(
    "golive-no-wildcard",
    "mandatory",
    "Production sends users to hosts that are named.",
    rules.noWildcardRedirect,
  ),
  policy("golive-protected", "mandatory", "Production is protected against deletion.", rules.deletionProtected),
  policy("golive-events", "mandatory", "A webhook endpoint names its events.", rules.namedEvents),
  policy("golive-key-expiry", "advisory", "A secret key has an expiry.", rules.expiringKeys),
  policy("golive-flag-owner", "advisory", "A flag has an owner.", rules.ownedFlags),
];
