import { definitions, functions, providerConfig } from "@golive/provider";
import type { Source } from "@golive/provider/schema";
import { version } from "../../provider/package.json";
import { commentsOf } from "../definitions/comments";

/** What the goldens are derived from. */
export const source: Source = {
  version,
  definitions,
  functions: functions as unknown as Source["functions"],
  config: providerConfig,
  comments: commentsOf([...Object.keys(definitions), ...Object.keys(functions)]),
};
