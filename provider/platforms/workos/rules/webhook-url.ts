import { type Failure, isUnknown } from "../../../define";

interface Draft {
  readonly url?: string | undefined;
  readonly environmentType?: string | undefined;
}

/** Production sends events over https only. */
export const webhookUrlRules = ({ url, environmentType }: Draft): Failure[] =>
  environmentType === "production" && url !== undefined && !isUnknown(url) && /^http:/i.test(url)
    ? [{ property: "url", reason: "is http: production sends events over https only" }]
    : [];
