import {
  type ApplicationFacts,
  common,
  confirm,
  failed,
  type Item,
  missing,
  passed,
  quoted,
  unless,
} from "../../checklist";
import { oneDefault, safeRedirects } from "../../rules/redirect-uris";
import { redirectUriRules } from "./rules/redirect-uris";

const redirectSteps = ({ name, kind, redirectUris }: ApplicationFacts): string[] => {
  if (redirectUris === undefined || kind === "m2m") return [];
  if (redirectUris.length === 0) return [`Application "${name}" has no redirect URI: declare one.`];
  // a single one is the default without saying so
  const sole = redirectUris.length === 1;
  const uris = redirectUris.map((r) => ({ uri: r.uri, default: sole || r.default === true }));
  const draft = { redirectUris: uris, environmentType: "production", kind };
  return [...oneDefault(draft), ...safeRedirects(draft), ...redirectUriRules(draft)].map(
    ({ property, reason }) => `Application "${name}", ${property} ${reason}.`,
  );
};

/** Every step to production that a deploy cannot take for granted, in the order in which they are taken. */
export const checklist: readonly Item[] = [
  {
    id: "staging-verified",
    title: "The integration works end to end in staging",
    optional: true,
    verify: () => confirm("Log in, log out and receive an event in staging."),
  },
  common.billing,
  common.apiKey,
  {
    id: "client-id",
    title: "The client id is an output of the stack",
    provenByOutputs: "Export the `clientIds` of the stage. `golive doctor` reads in the state whether the stack does.",
    verify: ({ exported }) =>
      exported === undefined
        ? confirm("See that the application is deployed with production's client id.")
        : unless(
            exported.includes("clientId")
              ? []
              : [
                  "Export the `clientIds` of the stage, or `environment.clientId` where there is none: the product is deployed with them.",
                ],
          ),
  },
  {
    id: "redirect-uris",
    title: "Redirect URIs are valid in production, one of them the default",
    verify: ({ production: { applications } }) => {
      if (applications === undefined) return confirm("See that each application has its production redirect URIs.");
      return applications.length === 0
        ? failed("Declare an application: production has none.")
        : unless(applications.flatMap(redirectSteps));
    },
  },
  {
    id: "custom-domain",
    title: "A custom domain serves the login page",
    optional: true,
    verify: ({ production: { customDomain } }) =>
      customDomain ? passed : confirm("Set up a custom domain in the dashboard, if users should see yours."),
  },
  common.webhooks,
  {
    id: "organizations",
    title: "Organizations and connections are re-created",
    verify: ({ production, staging }) => {
      if (staging?.contents === undefined)
        return confirm(
          "Re-create in production the organizations and connections of live customers; `golive doctor --live` names staging's.",
        );
      const left = Object.entries(staging.contents)
        .map(([what, names]) => [what, missing(names, production.contents?.[what] ?? [])] as const)
        .filter(([, names]) => names.length > 0);
      return left.length === 0
        ? passed
        : confirm(
            `Re-create those of live customers: ${left.map(([what, names]) => `${what} ${quoted(names)}`).join("; ")}.`,
          );
    },
  },
  common.flags,
  common.deletionProtection,
  {
    id: "production-tested",
    title: "The login flow was tried in production",
    optional: true,
    verify: () => confirm("After the deploy, log in once in production before real traffic comes."),
  },
];
