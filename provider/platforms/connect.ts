import { Http, type HttpOptions } from "../http";
import { moduleNamed } from ".";
import { offlinePlatform } from "./offline";
import type { Config, Contract, Platform } from "./platform";

/** How a platform's assumptions are held against what a configuration reaches: nothing but reads is sent. */
export function lookOf(config: Config, contract: Contract): ReturnType<Contract["look"]> {
  const { limits } = moduleNamed(config.platform)!;
  return contract.look(config, new Http({ ...config, limits, only: (request) => contract.isRead(request) }));
}

/** The platform that a configuration means. No request is sent yet. */
export function platformOf(config: Config, stop?: HttpOptions["stop"]): Platform {
  const module = moduleNamed(config.platform)!;
  if (config.offline !== undefined) return offlinePlatform(module, config);
  return module.connect(config, new Http({ ...config, limits: module.limits, stop }));
}
