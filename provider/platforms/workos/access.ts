import { z } from "zod";
import { field } from "../../define";
import type { Access, Config } from "../platform";
import { storedLogin } from "./login";

/** Its credentials as settings of the provider. */
export const workosSettings = {
  /** Dashboard token of a person: projects, environments, applications, flag definitions and rules. */
  token: field(z.string().min(1).optional(), { secret: true }),
  /** Secret key (`sk_`) of one environment. */
  apiKey: field(z.string().min(1).optional(), { secret: true }),
  /** Client id for the Platform API: environments and keys. Goes with `clientSecret`. */
  clientId: field(z.string().min(1).optional()),
  /** Client secret for the Platform API. */
  clientSecret: field(z.string().min(1).optional(), { secret: true }),
};
export type Credentials = keyof typeof workosSettings;

/** The configuration, with each credential beside the rest. */
export type WorkosConfig = Config<Credentials> & Config<Credentials>["credentials"];

/** The two go together. */
const platformApi = "Platform API credentials: set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET";

export const access: Access<Credentials> = {
  settings: workosSettings,
  credentials: {
    token: {
      give: "a dashboard token: set GOLIVE_TOKEN, or `pulumi config set --secret golive:token`",
      refused: "Log in again: a dashboard token lives for five minutes.",
    },
    apiKey: {
      give: "the secret key of its environment: set GOLIVE_API_KEY, or `pulumi config set --secret golive:apiKey`",
      aliases: ["WORKOS_API_KEY"],
      refused: "Give the secret key of the environment, one that is neither expired nor revoked.",
    },
    clientId: { give: platformApi },
    clientSecret: { give: platformApi },
  },
  hosts: ["https://api.workos.com"],
  // a login is somebody's own: with a key, what may be done must not depend on the computer
  login(env, isGiven) {
    const login = isGiven("token") || isGiven("apiKey") ? undefined : storedLogin(env);
    return login && { setting: "token", ...login };
  },
};
