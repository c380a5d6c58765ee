import { z } from "zod";
import { field } from "../../define";
import type { Access, Config } from "../platform";
import { cliLogin } from "./login";

/** Its credentials as settings of the provider. */
export const workosSettings = {
  /** Dashboard token of a person, which lives about five minutes (see `tokenCommand`): projects, environments, applications, flag definitions and rules. */
  token: field(z.string().min(1).optional(), { secret: true }),
  /** Secret key (`sk_`) of one environment. */
  apiKey: field(z.string().min(1).optional(), { secret: true }),
  /** Client id for the Platform API, which WorkOS gives to platforms for the teams that they create: makes keys, deletes environments. Goes with `clientSecret`. */
  clientId: field(z.string().min(1).optional()),
  /** Client secret for the Platform API. */
  clientSecret: field(z.string().min(1).optional(), { secret: true }),
};
export type Credentials = keyof typeof workosSettings;

/** The configuration, with each credential beside the rest. */
export type WorkosConfig = Config<Credentials> & Config<Credentials>["credentials"];

/** The two go together. */
const platformApi = {
  give: "Platform API credentials, which WorkOS gives to platforms for the teams that they create: set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET",
  refused:
    "Give the client id and the secret that WorkOS gave for its Platform API: the client id of an application is another.",
  forbidden:
    "Platform API credentials reach the teams that your platform created, and no other: for this one leave them out, make keys in the dashboard (an ApiKey that is `external`) and delete environments there.",
};

export const access: Access<Credentials> = {
  settings: workosSettings,
  credentials: {
    token: {
      give: "a dashboard token: set GOLIVE_TOKEN_COMMAND or GOLIVE_TOKEN, or `pulumi config set --secret golive:token`",
      refused:
        "Log in again: a dashboard token lives for about five minutes. GOLIVE_TOKEN_COMMAND names a command that prints another whenever one is needed.",
      forbidden:
        "Your role may not do this in that environment, or the dashboard API is not on for your team: see your role under Team in the dashboard, and ask WorkOS's support whether it is on.",
    },
    apiKey: {
      give: "the secret key of its environment: set GOLIVE_API_KEY, or `pulumi config set --secret golive:apiKey`",
      aliases: ["WORKOS_API_KEY"],
      refused: "Give the secret key of the environment, one that is neither expired nor revoked.",
      forbidden:
        "The key may not do this, or WorkOS has not switched it on for your team: give a key with more permissions, do it with a dashboard token (GOLIVE_TOKEN_COMMAND), or ask WorkOS's support.",
    },
    // an application's id, as a rule: it is taken for a platform's where the platform's secret stands beside it
    clientId: { ...platformApi, aliases: ["WORKOS_CLIENT_ID"], aliasesBeside: "clientSecret" },
    clientSecret: platformApi,
  },
  keyed: "apiKey",
  hosts: ["https://api.workos.com"],
  commanded: "token",
  // also beside a key, which does less; what golive was given comes first
  login(env, isGiven) {
    const credential = isGiven("token") ? undefined : cliLogin(env);
    return credential && { setting: "token", credential };
  },
};
