import type { Kind } from "@golive/provider";
import { type Bag, isUnknown } from "@golive/provider/define";
import { modules } from "@golive/provider/platforms/index";
import { urlFault } from "@golive/provider/platforms/url-fault";
import { isProduction, type Text, urlsIn } from "./inputs";

/** What is wrong: the property's path, and what to do. */
export interface Violation {
  readonly property: string;
  readonly reason: string;
}
/** A rule over the known inputs of one resource of golive's. */
export type Rule = (kind: Kind, inputs: Bag) => readonly Violation[];

/** What only the deploy knows breaks no rule. */
const isTold = (value: unknown): boolean => value !== undefined && !isUnknown(value);
const isOwner = (tag: unknown): boolean => typeof tag === "string" && /^owner:./.test(tag);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** Of one kind only. */
const only =
  (kind: Kind, rule: (inputs: Bag) => readonly Violation[]): Rule =>
  (other, inputs) =>
    other === kind ? rule(inputs) : [];

/** A platform may take http in a redirect URI of production, as from a native application on its own computer. */
function isAllowedHttp({ path, value }: Text, inputs: Bag): boolean {
  const kind = typeof inputs["kind"] === "string" ? inputs["kind"] : undefined;
  const judges = modules.filter(({ rules }) => rules.Application !== undefined);
  return (
    path.startsWith("redirectUris") &&
    judges.some(({ rules }) => urlFault(rules, "redirectUris", value, kind) === undefined)
  );
}

export const noHttpInProduction: Rule = (kind, inputs) =>
  isProduction(kind, inputs)
    ? urlsIn(kind, inputs)
        .filter((text) => /^http:/i.test(text.value) && !isAllowedHttp(text, inputs))
        .map(({ path }) => ({ property: path, reason: "is http: write https in production" }))
    : [];

export const noWildcardRedirect: Rule = only("Application", (inputs) =>
  isProduction("Application", inputs)
    ? urlsIn("Application", inputs)
        .filter(({ path, value }) => /^(redirect|logout)Uris/.test(path) && value.includes("*"))
        .map(({ path }) => ({ property: path, reason: "holds a `*`: name each host in production" }))
    : [],
);

export const deletionProtected: Rule = only("Environment", (inputs) =>
  isProduction("Environment", inputs) && inputs["deletionProtection"] === false
    ? [{ property: "deletionProtection", reason: "is false: remove it, or set it to true, in production" }]
    : [],
);

export const namedEvents: Rule = only("WebhookEndpoint", ({ events }) => {
  if (isTold(events) && listOf(events).length === 0)
    return [{ property: "events", reason: "is empty: name the events that the endpoint handles" }];
  return listOf(events).flatMap((event, i) =>
    typeof event === "string" && event.includes("*")
      ? [{ property: `events[${i}]`, reason: "holds a `*`: name the events that the endpoint handles" }]
      : [],
  );
});

export const expiringKeys: Rule = only("ApiKey", ({ kind, expiresAt }) =>
  kind === "publishable" || isUnknown(kind) || expiresAt !== undefined
    ? []
    : [{ property: "expiresAt", reason: "is not set: give the key an end, and raise `version` before it comes" }],
);

export const ownedFlags: Rule = only("FeatureFlag", ({ owner, tags }) =>
  owner !== undefined || isUnknown(tags) || listOf(tags).some(isOwner)
    ? []
    : [{ property: "owner", reason: "is not set: name who answers for the flag, or tag it e.g. `owner:checkout`" }],
);
