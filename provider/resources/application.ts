import { z } from "zod";
import { field, reference } from "../define";
import { oneDefault, safeRedirects, soleDefault } from "../rules/redirect-uris";
import { webOriginRules } from "../rules/origins";
import { kindRules } from "../rules/application-kind";
import { onceEach } from "../rules/twice";
import {
  defineResource,
  deletionProtection,
  description,
  environmentType,
  name,
  origin,
  protectedInProduction,
  uri,
  webUrl,
} from "./common";

const signsIn = ["web", "native", "spa"] as const;
const connects = ["oauth", "m2m"] as const;
const seconds = z.number().int().min(1);

/** A client inside one environment, with its own client id, redirect URIs and credentials. All clients of an environment share its users. */
export const application = defineResource({
  type: "Application",
  example: {
    name: "web",
    redirectUris: [{ uri: "https://shop.example.com/callback", default: true }],
    logoutUris: ["https://shop.example.com/goodbye"],
    sessions: { maxAge: 86400 },
  },
  inputs: {
    /** Environment of the application. */
    environment: reference("Environment", z.string().min(1), { key: true, replace: true }),
    /** Type of that environment; filled in when `environment` is given as a resource. With it, preview applies production's rules. */
    environmentType: environmentType(),
    /** Name, 1 to 200 characters. Changed in place. */
    name: field(name(), { key: true }),
    /** `web`, `native` and `spa` sign users in; `oauth` and `m2m` are for other software to connect. @default "web" */
    kind: field(z.enum([...signsIn, ...connects]).default("web"), { replace: true }),
    /** Organization that an `m2m` application acts for, or that an `oauth` application of somebody else's belongs to. */
    organization: field(z.string().min(1).optional(), {
      replace: true,
      kinds: connects,
      crossing: "ask",
    }),
    /** What an `oauth` or `m2m` application is for. */
    description: field(description().optional(), { kinds: connects }),
    /** Whether an `oauth` application is your own; one of somebody else's belongs to an `organization`. Its own, when left out. */
    firstParty: field(z.boolean().optional(), { replace: true, kinds: ["oauth"] }),
    /** Whether an `oauth` application proves itself by PKCE, as those do that can keep no secret. */
    pkce: field(z.boolean().optional(), { replace: true, kinds: ["oauth"] }),
    /** Scopes that an `oauth` or `m2m` application may ask for. */
    scopes: field(z.array(z.string().min(1)).optional(), { unordered: true, fresh: [], kinds: connects }),
    /** Where a user may be sent after login. Exactly one is the default; a single one is it without saying so. */
    redirectUris: field(
      z
        .array(
          z.strictObject({
            /** The URI. Production takes https only, and `http://127.0.0.1` for native applications. */
            uri: uri(),
            /** Whether it is used when a login names none. @default false */
            default: z.boolean().default(false),
          }),
        )
        .optional(),
      { unordered: true, fresh: [], kinds: [...signsIn, "oauth"], crossing: "transform" },
    ),
    /** Where a user may be sent after logout. The first is the default. */
    logoutUris: field(z.array(uri()).optional(), { fresh: [], kinds: signsIn, crossing: "transform" }),
    /** Origins whose browsers may call the API, e.g. `https://app.example.com`. */
    corsOrigins: field(z.array(origin()).optional(), {
      unordered: true,
      fresh: [],
      kinds: [...signsIn, "oauth"],
      crossing: "transform",
    }),
    /** Home page of the application. */
    homepageUrl: field(webUrl().optional(), { kinds: signsIn, crossing: "transform" }),
    /** Page of the application that starts a login. */
    initiateLoginUri: field(webUrl().optional(), { kinds: signsIn, crossing: "transform" }),
    /** Page of the application that starts a sign-up. */
    signUpUrl: field(webUrl().optional(), { kinds: signsIn, crossing: "transform" }),
    /** Page of the application where a new password is set. */
    passwordResetUrl: field(webUrl().optional(), { kinds: signsIn, crossing: "transform" }),
    /** Page of the application that takes an invitation. */
    userInvitationUrl: field(webUrl().optional(), { kinds: signsIn, crossing: "transform" }),
    /** Lengths of a session, in seconds. */
    sessions: field(
      z
        .strictObject({
          /** Longest session, in seconds. */
          maxAge: seconds.optional(),
          /** Ends a session that nobody uses, in seconds. */
          inactivity: seconds.optional(),
          /** Life of an access token, in seconds. */
          accessTokenTtl: seconds.optional(),
        })
        .optional(),
      { kinds: signsIn },
    ),
    /** Claims the default application that came with the environment. It cannot be deleted. @default false */
    isDefault: field(z.boolean().default(false), { replace: true }),
    /** Client secret of the application. */
    credentials: field(
      z
        .strictObject({
          /** Raise it to issue a new client secret. @default 1 */
          version: z.number().int().min(1).default(1),
        })
        .optional(),
      { rotates: true, crossing: "drop" },
    ),
    /** While true, delete and replace are refused: one deploy must switch it off before another may. Filled in when `environment` is given as a resource. @default true in production */
    deletionProtection: deletionProtection(
      "its client id and client secret: nobody signs in through it from then on, and no new application has them",
    ),
  },
  outputs: {
    /** Id of the application. */
    applicationId: field(z.string(), { id: true }),
    /** Client id, public. */
    clientId: field(z.string()),
    /** Client secret, given once by the platform when `credentials` asks for it. */
    clientSecret: field(z.string().optional(), { secret: true, kept: true, crossing: "drop" }),
    /** Last characters of the client secret. */
    clientSecretHint: field(z.string().optional(), { kept: true, crossing: "drop" }),
  },
  complete: (draft) => ({ ...soleDefault(draft), ...protectedInProduction(draft) }),
  rules: [kindRules, onceEach("logoutUris"), oneDefault, safeRedirects, webOriginRules],
});
