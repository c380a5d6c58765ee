import { oneDefault, redirectUriFault } from "./rules/redirect-uris";

// The go-live checklist as data. Pure: the SDK's GoLive component runs it at preview over what a program declares, and
// `golive doctor` over config, state and the live account. Imports neither zod nor an HTTP client.

/** What is known of one environment. A fact that is absent is not known, which is not the same as "none". */
export interface EnvironmentFacts {
  readonly name: string;
  readonly deletionProtection?: boolean | undefined;
  readonly applications?: readonly ApplicationFacts[] | undefined;
  readonly keys?: readonly KeyFacts[] | undefined;
  readonly webhooks?: readonly WebhookFacts[] | undefined;
  /** Slugs of the flags that have a rule in this environment. */
  readonly rules?: readonly string[] | undefined;
  /** Names of the organizations in it. */
  readonly organizations?: readonly string[] | undefined;
  /** Names of the SSO and directory connections in it. */
  readonly connections?: readonly string[] | undefined;
  readonly customDomain?: string | undefined;
}
export interface ApplicationFacts {
  readonly name: string;
  readonly kind?: string | undefined;
  readonly redirectUris?: readonly { readonly uri: string; readonly default?: boolean | undefined }[] | undefined;
}
export interface KeyFacts {
  readonly name: string;
  /** Whether it exists. Absent while a deploy that will make it is being previewed. */
  readonly issued?: boolean | undefined;
  /** Whether state holds its value. */
  readonly secretHeld?: boolean | undefined;
  /** Whether the value stands encrypted wherever it is stored. */
  readonly encrypted?: boolean | undefined;
}
export interface WebhookFacts {
  /** Its name in config; the path of its URL stands in where there is none. */
  readonly name?: string | undefined;
  readonly url: string;
  readonly secretHeld?: boolean | undefined;
}
export interface Facts {
  readonly production: EnvironmentFacts;
  readonly staging?: EnvironmentFacts | undefined;
  /** Whether the account may use production. */
  readonly billing?: boolean | undefined;
  /** Whether an output of the production stack holds the client id. */
  readonly clientIdOutput?: boolean | undefined;
  /** Slugs of the flags that the project defines. */
  readonly flags?: readonly string[] | undefined;
}

export type Verdict =
  | { readonly status: "passed" }
  /** `step` says what to do. */
  | { readonly status: "failed"; readonly step: string }
  /** Only a person can say; `step` says what to look at. */
  | { readonly status: "confirm"; readonly step: string };

export interface Item {
  /** What `confirmed` in config names. */
  readonly id: string;
  readonly title: string;
  /** Never stops a deploy. */
  readonly optional?: true;
  verify(facts: Facts): Verdict;
}
export type Result = Pick<Item, "id" | "title" | "optional"> & {
  readonly verdict: Verdict;
  /** A person's word made it pass. */
  readonly confirmed?: true;
};

const passed: Verdict = { status: "passed" };
const failed = (step: string): Verdict => ({ status: "failed", step });
const confirm = (step: string): Verdict => ({ status: "confirm", step });
/** Failed with every step that is left, else passed. */
const unless = (steps: readonly string[]): Verdict => (steps.length > 0 ? failed(steps.join(" ")) : passed);
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
const missing = (wanted: readonly string[], there: readonly string[]): string[] =>
  wanted.filter((name) => !there.includes(name));

const redirectSteps = ({ name, kind, redirectUris }: ApplicationFacts): string[] => {
  if (redirectUris === undefined || kind === "m2m") return [];
  if (redirectUris.length === 0) return [`Application "${name}" has no redirect URI: declare one.`];
  // a single one is the default without saying so
  const sole = redirectUris.length === 1;
  const uris = redirectUris.map((r) => ({ uri: r.uri, default: sole || r.default === true }));
  const faults = uris.flatMap((r, i) => {
    const reason = redirectUriFault(r.uri, r.default, { environmentType: "production", kind });
    return reason ? [{ property: `redirectUris[${i}].uri`, reason }] : [];
  });
  return [...oneDefault({ redirectUris: uris }), ...faults].map(
    ({ property, reason }) => `Application "${name}", ${property} ${reason}.`,
  );
};

const keySteps = (key: KeyFacts): string[] => {
  if (key.issued === false) return [`Key "${key.name}" is not issued yet: run \`pulumi up\`.`];
  if (key.secretHeld === false)
    return [`The value of key "${key.name}" is not held: raise its \`version\` to get one that is.`];
  return key.encrypted === false ? [`Key "${key.name}" stands in clear text: make that value a secret.`] : [];
};

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);
const webhookSteps = (staging: EnvironmentFacts | undefined, webhooks: readonly WebhookFacts[]): string[] => {
  const named = (hook: WebhookFacts, twin: WebhookFacts) =>
    hook.name !== undefined && twin.name !== undefined
      ? hook.name === twin.name
      : pathOf(hook.url) === pathOf(twin.url);
  const before = staging?.webhooks ?? [];
  return [
    ...before
      .filter((hook) => !webhooks.some((twin) => named(hook, twin)))
      .map((hook) => `Staging's endpoint "${hook.name ?? hook.url}" has no twin in production: declare one.`),
    ...webhooks.flatMap(({ url, secretHeld }) => [
      ...(before.some((hook) => hook.url === url)
        ? [`${url} receives staging's events too: give production an endpoint of its own.`]
        : []),
      ...(secretHeld === false
        ? [`The signing secret of ${url} is not held: raise its \`secretVersion\`, or read it in the dashboard.`]
        : []),
    ]),
  ];
};

/** Every step to production that a deploy cannot take for granted, in the order in which they are taken. */
export const items: readonly Item[] = [
  {
    id: "staging-verified",
    title: "The integration works end to end in staging",
    optional: true,
    verify: () => confirm("Log in, log out and receive an event in staging."),
  },
  {
    id: "billing",
    title: "Production is unlocked by billing",
    verify: ({ billing }) =>
      billing === undefined
        ? confirm("See in the dashboard that billing is set up.")
        : unless(billing ? [] : ["Set up billing in the dashboard: production is locked until then."]),
  },
  {
    id: "api-key",
    title: "A production key is issued and stored as a secret",
    verify: ({ production: { keys } }) => {
      if (keys === undefined) return confirm("See that a production key is issued and stored as a secret.");
      return keys.length === 0 ? failed("Declare an ApiKey: production has none.") : unless(keys.flatMap(keySteps));
    },
  },
  {
    id: "client-id",
    title: "The client id is an output of the stack",
    verify: ({ clientIdOutput }) =>
      clientIdOutput === undefined
        ? confirm("See that the application is deployed with production's client id.")
        : unless(
            clientIdOutput
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
  {
    id: "webhooks",
    title: "Webhook endpoints are re-created, with secrets of their own",
    verify: ({ production: { webhooks }, staging }) => {
      if (webhooks === undefined)
        return confirm("See that each of staging's endpoints exists in production, with its new secret deployed.");
      const steps = webhookSteps(staging, webhooks);
      return steps.length === 0 && staging?.webhooks === undefined
        ? confirm("See that each of staging's endpoints has a twin: name its stack, `staging`, to have them compared.")
        : unless(steps);
    },
  },
  {
    id: "organizations",
    title: "Organizations and connections are re-created",
    verify: ({ production, staging }) => {
      const wanted = [staging?.organizations, staging?.connections];
      if (wanted.every((names) => names === undefined))
        return confirm(
          "Re-create in production the organizations and connections of live customers; `golive doctor --live` names staging's.",
        );
      const left = [
        ["organizations", missing(staging?.organizations ?? [], production.organizations ?? [])] as const,
        ["connections", missing(staging?.connections ?? [], production.connections ?? [])] as const,
      ].filter(([, names]) => names.length > 0);
      return left.length === 0
        ? passed
        : confirm(
            `Re-create those of live customers: ${left.map(([what, names]) => `${what} ${quoted(names)}`).join("; ")}.`,
          );
    },
  },
  {
    id: "flags",
    title: "Every flag has a rule in every environment",
    verify: ({ production, staging, flags }) => {
      if (production.rules === undefined) return confirm("See what each flag does in production.");
      const all = new Set([...(flags ?? []), ...production.rules, ...(staging?.rules ?? [])]);
      return unless(
        [production, ...(staging?.rules ? [staging] : [])].flatMap(({ name, rules }) =>
          missing([...all], rules ?? []).map((slug) => `Flag "${slug}" has no rule in ${name}: declare one.`),
        ),
      );
    },
  },
  {
    id: "deletion-protection",
    title: "Production is protected against deletion",
    verify: ({ production: { deletionProtection } }) =>
      // it is on in production unless somebody switches it off
      deletionProtection === false
        ? failed("Set `deletionProtection: true`, or remove it: true is the default.")
        : passed,
  },
  {
    id: "production-tested",
    title: "The login flow was tried in production",
    optional: true,
    verify: () => confirm("After the deploy, log in once in production before real traffic comes."),
  },
];

/** Names in `confirmed` that no item has, each a mistake worth stopping for. */
export const unknownItems = (confirmed: readonly string[]): string[] =>
  confirmed.filter((id) => !items.some((item) => item.id === id));

/** The whole list over these facts. A person's word passes what only a person can say, never what failed. */
export const inspect = (facts: Facts, confirmed: readonly string[] = []): readonly Result[] =>
  items.map(({ id, title, optional, verify }) => {
    const verdict = verify(facts);
    const said = verdict.status === "confirm" && confirmed.includes(id);
    return {
      id,
      title,
      ...(optional ? { optional } : {}),
      verdict: said ? passed : verdict,
      ...(said ? { confirmed: true } : {}),
    };
  });

/** The results that stand between a team and production: what failed, and what nobody has confirmed. */
export const blocking = (results: readonly Result[]): readonly Result[] =>
  results.filter(({ optional, verdict }) => !optional && verdict.status !== "passed");
