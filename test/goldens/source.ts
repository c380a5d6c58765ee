import { definitions, providerConfig } from "@golive/provider";
import type { Source } from "@golive/provider/schema";
import { version } from "../../provider/package.json";
import { commentsOf } from "../definitions/comments";

/** What the goldens are derived from. */
export const source: Source = {
  version,
  definitions,
  config: providerConfig,
  comments: commentsOf(Object.keys(definitions)),
};
