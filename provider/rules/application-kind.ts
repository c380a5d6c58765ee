import { type Failure, isUnknown } from "../define";

interface Draft {
  readonly kind?: string | undefined;
  readonly organization?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly firstParty?: boolean | undefined;
}

/** What a kind of application needs, and cannot be. Which fields belong to it is said with each field. */
export const kindRules = ({ kind, organization, isDefault, firstParty }: Draft): Failure[] => {
  if (kind === undefined || isUnknown(kind)) return [];
  const connects = kind === "oauth" || kind === "m2m";
  return [
    ...(kind === "m2m" && organization === undefined
      ? [{ property: "organization", reason: "is required for `m2m`: the organization that the application acts for" }]
      : []),
    ...(kind === "oauth" && firstParty === false && organization === undefined
      ? [{ property: "organization", reason: "is required where `firstParty` is false: whose application it is" }]
      : []),
    ...(connects && isDefault === true
      ? [{ property: "isDefault", reason: `the default application signs users in: \`${kind}\` cannot be it` }]
      : []),
  ];
};
