import type { Config } from "../config";
import { Http, type HttpOptions } from "../http";
import type { Platform } from "./platform";
import { workos } from "./workos";

/** Every platform by its name in config. */
const platforms: Readonly<Record<Config["platform"], (config: Config, http: Http) => Platform>> = {
  workos,
  rehearsal: workos,
};

/** The platform that a configuration means. No request is sent yet. */
export const platformOf = (config: Config, stop?: HttpOptions["stop"]): Platform =>
  platforms[config.platform](config, new Http({ ...config, stop }));
