import { type Failure, isUnknown } from "../define";

interface Draft {
  readonly kind?: string | undefined;
  readonly organization?: string | undefined;
  readonly [field: string]: unknown;
}
const signIn = ["logoutUris", "corsOrigins", "homepageUrl", "initiateLoginUri", "sessions"] as const;

/** Which fields belong to which kind of application. */
export const kindRules = (draft: Draft): Failure[] => {
  const { kind, organization } = draft;
  if (kind === undefined || isUnknown(kind)) return [];
  const refuse = (property: string, reason: string) => (draft[property] === undefined ? [] : [{ property, reason }]);
  const connect = kind === "oauth" || kind === "m2m";
  return [
    ...(kind === "m2m" && organization === undefined
      ? [{ property: "organization", reason: "is required for `m2m`: the organization that the application acts for" }]
      : []),
    ...(kind === "m2m" ? refuse("redirectUris", "an `m2m` application logs nobody in: leave it out") : []),
    ...(connect
      ? signIn.flatMap((f) => refuse(f, `belongs to applications that sign users in, not to \`${kind}\``))
      : []),
    ...(connect && draft["isDefault"] === true
      ? [{ property: "isDefault", reason: `the default application signs users in: \`${kind}\` cannot be it` }]
      : []),
    ...(connect ? [] : refuse("scopes", `belongs to \`oauth\` and \`m2m\` applications, not to \`${kind}\``)),
    ...(connect ? [] : refuse("organization", `belongs to \`oauth\` and \`m2m\` applications, not to \`${kind}\``)),
  ];
};
