import { byHand } from "../capabilities";
import { apart, extension, lasting, own, scope, type Codecs, unsupported, type Wire } from "../../wire/codec";

export interface ApplicationWire extends Wire {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly environmentId: string;
  readonly isDefault: boolean;
}
interface UriWire {
  readonly uri: string;
  readonly isDefault: boolean;
}
/** Fields of applications that other software connects through. */
const connectOnly = unsupported("belongs to `oauth` and `m2m` applications: leave it out");

/** How an application that signs users in is written on the dashboard API. */
export const authkitCodecs: Codecs<"Application"> = {
  environment: scope,
  name: "name",
  // web, native and spa are one and the same there
  kind: own,
  organization: connectOnly,
  description: connectOnly,
  firstParty: connectOnly,
  pkce: connectOnly,
  scopes: connectOnly,
  redirectUris: {
    select: "redirectUris { uri isDefault }",
    via: "setUserlandApplicationRedirectUris",
    to: (uris) => ({ redirectUris: uris.map(({ uri, default: isDefault }) => ({ uri, isDefault })) }),
    from: ({ redirectUris }) => (redirectUris as UriWire[]).map(({ uri, isDefault }) => ({ uri, default: isDefault })),
  },
  // a list without a mark: the first is the default
  logoutUris: {
    select: "logoutUris { uri isDefault }",
    via: "setUserlandApplicationLogoutUris",
    to: (uris) => ({ logoutUris: uris.map((uri, i) => ({ uri, isDefault: i === 0 })) }),
    from: ({ logoutUris }) =>
      (logoutUris as UriWire[]).toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault)).map(({ uri }) => uri),
  },
  corsOrigins: {
    select: "webOrigins { origin }",
    via: "setUserlandApplicationWebOrigins",
    to: (origins) => ({ origins }),
    from: ({ webOrigins }) => (webOrigins as { origin: string }[]).map(({ origin }) => origin),
  },
  homepageUrl: "appHomepageUrl",
  initiateLoginUri: "initiateLoginUri",
  signUpUrl: "signUpUrl",
  passwordResetUrl: "passwordResetUrl",
  userInvitationUrl: "userInvitationUrl",
  sessions: {
    select: "maxSessionTime inactivityTimeout accessTokenExpiry",
    via: "updateUserlandApplication",
    // null clears a part
    to: ({ maxAge, inactivity, accessTokenTtl }) => ({
      ...(maxAge !== undefined && { maxSessionTime: maxAge }),
      ...(inactivity !== undefined && { inactivityTimeout: inactivity }),
      ...(accessTokenTtl !== undefined && { accessTokenExpiry: accessTokenTtl }),
    }),
    from: ({ maxSessionTime: maxAge, inactivityTimeout: inactivity, accessTokenExpiry: accessTokenTtl }) => {
      const set = Object.entries({ maxAge, inactivity, accessTokenTtl }).filter(([, seconds]) => seconds != null);
      return set.length > 0 ? Object.fromEntries(set) : null;
    },
  },
  isDefault: { select: "isDefault", to: () => ({}), from: ({ isDefault }) => isDefault as boolean },
  credentials: lasting(extension(apart, byHand.rotateClientSecret), byHand.revokeClientSecret),
};
