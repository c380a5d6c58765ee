import { common, confirm, failed, type Facts, type Item, passed, quoted, unless } from "../../checklist";

/** What `facts` tells of a project's settings. */
interface Details {
  readonly domains?: readonly string[];
  readonly internalUsers?: number;
  readonly anonymizesIps?: boolean;
}
const detailsOf = ({ production }: Facts): Details => (production.details ?? {}) as Details;
const isLocal = (url: string): boolean => /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(url);

/** Every step to production that a deploy cannot take for granted, in the order in which they are taken. */
export const checklist: readonly Item[] = [
  {
    id: "separate-project",
    title: "Production is a project of its own",
    provenByDeploy: "The deploy shows it: an environment is a project, and a name belongs to one.",
    verify: ({ production, staging }) =>
      staging === undefined
        ? confirm("See that development and staging send to projects of their own.")
        : unless(staging.name === production.name ? ["Give production a project of its own."] : []),
  },
  {
    id: "token-output",
    title: "The product is deployed with production's token",
    verify: ({ exported }) =>
      exported === undefined
        ? confirm("See that the product sends with production's token, and not with staging's.")
        : unless(exported.includes("token") ? [] : ["Export `environment.token`: the product is deployed with it."]),
  },
  {
    id: "region",
    title: "Every environment is in the same region",
    verify: () => confirm("See that the product's host (us or eu) is the one of production's organization."),
  },
  {
    id: "authorized-domains",
    title: "Authorized domains are production's",
    verify: (facts) => {
      const { domains } = detailsOf(facts);
      if (domains === undefined)
        return confirm("See that production's authorized URLs and recording domains are its own, without localhost.");
      const local = domains.filter(isLocal);
      return unless(
        local.length > 0 ? [`Remove ${quoted(local)} from production's authorized URLs and recording domains.`] : [],
      );
    },
  },
  {
    id: "internal-users",
    title: "Internal and test users are filtered out",
    verify: (facts) => {
      const { internalUsers } = detailsOf(facts);
      if (internalUsers === undefined) return confirm("See that production filters out internal and test users.");
      return internalUsers > 0 ? passed : failed("Set the filter of internal and test users in production's settings.");
    },
  },
  {
    id: "privacy",
    title: "What is kept of people was decided",
    verify: (facts) =>
      detailsOf(facts).anonymizesIps === true
        ? confirm("Review what recordings mask. Addresses are dropped already.")
        : confirm("Decide whether addresses are kept (they are), and review what recordings mask."),
  },
  {
    id: "capture",
    title: "What is captured was decided",
    verify: () =>
      confirm(
        "See that autocapture, exceptions, web vitals, replay with its share, heatmaps and surveys are on where they are wanted.",
      ),
  },
  common.flags,
  {
    id: "flag-keys",
    title: "Servers evaluate flags with a secret key of the project",
    optional: true,
    verify: ({ production: { keys } }) =>
      keys === undefined || keys.length === 0
        ? confirm("Where a server evaluates flags by itself, declare an ApiKey with `feature_flag:read` for it.")
        : common.apiKey.verify({ production: { name: "production", keys } }),
  },
  common.webhooks,
  {
    id: "reverse-proxy",
    title: "Events go through a proxy of one's own",
    optional: true,
    verify: () => confirm("Set up a reverse proxy, if blockers must not lose events."),
  },
  {
    id: "billing-limits",
    title: "Spending has a limit",
    verify: () => confirm("Set a billing limit for each product that production uses."),
  },
  {
    id: "service-key",
    title: "The deploying key belongs to nobody who may leave",
    verify: () => confirm("See that the personal key of CI is one of a service user: a key goes with its user."),
  },
  common.deletionProtection,
  {
    id: "production-tested",
    title: "An event and a flag were seen in production",
    optional: true,
    verify: () => confirm("After the deploy, send one event and ask one flag with production's token."),
  },
];
