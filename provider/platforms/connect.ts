import { Http, type HttpOptions } from "../http";
import { moduleNamed } from ".";
import type { Config, Platform } from "./platform";

/** The platform that a configuration means. No request is sent yet. */
export function platformOf(config: Config, stop?: HttpOptions["stop"]): Platform {
  const module = moduleNamed(config.platform)!;
  return module.connect(config, new Http({ ...config, limits: module.limits, stop }));
}
