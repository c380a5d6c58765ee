import { z } from "zod";
import { field } from "../../define";
import type { Access, Config } from "../platform";

/** Its credentials as settings of the provider. */
export const posthogSettings = {
  /** Personal key (`phx_`) of a person or service user at PostHog: it may do what its scopes say, as that user. */
  apiKey: field(z.string().min(1).optional(), { secret: true }),
  /** Id of PostHog's organization, where the key reaches several, or may not read which it reaches. */
  organizationId: field(z.string().min(1).optional()),
};
export type Credentials = keyof typeof posthogSettings;

/** The configuration, with each credential beside the rest. */
export type PosthogConfig = Config<Credentials> & Config<Credentials>["credentials"];

/** Where events are sent, which answers no management request. */
const ingestion = /^https:\/\/(us|eu)\.i\.posthog\.com$/;

export const access: Access<Credentials> = {
  settings: posthogSettings,
  credentials: {
    apiKey: {
      give: "a personal key: set GOLIVE_API_KEY or POSTHOG_API_KEY, or `pulumi config set --secret golive:apiKey`",
      aliases: ["POSTHOG_API_KEY"],
      refused: "Give a personal key (phx_…) that exists, of a user who is still a member.",
    },
    organizationId: {
      give: "the organization's id: set GOLIVE_ORGANIZATION_ID or POSTHOG_ORGANIZATION_ID",
      aliases: ["POSTHOG_ORGANIZATION_ID"],
    },
  },
  hosts: ["https://us.posthog.com", "https://eu.posthog.com", "https://app.posthog.com"],
  endpoint: {
    aliases: ["POSTHOG_HOST"],
    fault(endpoint) {
      const [, region] = ingestion.exec(endpoint) ?? [];
      return region && `takes events and manages nothing: write \`https://${region}.posthog.com\``;
    },
  },
};

/** What a credential that is no personal key is, by how it begins. */
const others: readonly (readonly [start: string, what: string])[] = [
  ["phc_", "the public token of a project"],
  ["phs_", "a secret key of one project, which evaluates flags and manages nothing"],
  ["sk_", "a key of another platform"],
  ["whsec_", "the secret of a webhook"],
];
/** Why this cannot be the key, if so. */
export const keyFault = (key: string): string | undefined => {
  const [, what] = others.find(([start]) => key.startsWith(start)) ?? [];
  return what && `is ${what}: give a personal key (phx_…)`;
};
