// The go-live checklist as data. Pure: the SDK's Stage and GoLive components run it at preview over what a program declares, and
// `golive doctor` over config, state and the live account. Each platform has its own list; what is here is what they share.

/** What is known of one environment. A fact that is absent is not known, which is not the same as "none". */
export interface EnvironmentFacts {
  readonly name: string;
  readonly deletionProtection?: boolean | undefined;
  readonly applications?: readonly ApplicationFacts[] | undefined;
  readonly keys?: readonly KeyFacts[] | undefined;
  readonly webhooks?: readonly WebhookFacts[] | undefined;
  /** Slugs of the flags that have a rule in this environment. */
  readonly rules?: readonly string[] | undefined;
  /** Names of what people made in it and no stack declares, by what it is, e.g. `organizations`. */
  readonly contents?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly customDomain?: string | undefined;
  /** What the platform alone knows, for its own items. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
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
  /** Outputs of resources, e.g. `clientId`, whose value the production stack exports. */
  readonly exported?: readonly string[] | undefined;
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
  /** Of what the deploy itself is the proof: how it shows. */
  readonly provenByDeploy?: string;
  /** Of what the outputs of the stack prove, which nobody knows before its program has ended: what to do, and who sees it. */
  readonly provenByOutputs?: string;
  verify(facts: Facts): Verdict;
}
export type Result = Pick<Item, "id" | "title" | "optional"> & {
  readonly verdict: Verdict;
  /** A person's word made it pass. */
  readonly confirmed?: true;
};

// What an item is judged with.
export const passed: Verdict = { status: "passed" };
export const failed = (step: string): Verdict => ({ status: "failed", step });
export const confirm = (step: string): Verdict => ({ status: "confirm", step });
/** Failed with every step that is left, else passed. */
export const unless = (steps: readonly string[]): Verdict => (steps.length > 0 ? failed(steps.join(" ")) : passed);
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
export const missing = (wanted: readonly string[], there: readonly string[]): string[] =>
  wanted.filter((name) => !there.includes(name));

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

/** The items that every platform has alike; a platform's list says where they stand in it. */
export const common = {
  billing: {
    id: "billing",
    title: "Production is unlocked by billing",
    provenByDeploy: "The deploy shows it: a locked account is refused its production environment, which comes first.",
    verify: ({ billing }) =>
      billing === undefined
        ? confirm("See in the dashboard that billing is set up.")
        : unless(billing ? [] : ["Set up billing in the dashboard: production is locked until then."]),
  },
  apiKey: {
    id: "api-key",
    title: "A production key is issued and stored as a secret",
    verify: ({ production: { keys } }) => {
      if (keys === undefined) return confirm("See that a production key is issued and stored as a secret.");
      return keys.length === 0
        ? failed("Declare an ApiKey: production has none. One that was made by hand is declared with its `value`.")
        : unless(keys.flatMap(keySteps));
    },
  },
  webhooks: {
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
  flags: {
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
  deletionProtection: {
    id: "deletion-protection",
    title: "Production is protected against deletion",
    verify: ({ production: { deletionProtection } }) =>
      // it is on in production unless somebody switches it off
      deletionProtection === false
        ? failed("Set `deletionProtection: true`, or remove it: true is the default.")
        : passed,
  },
} satisfies Readonly<Record<string, Item>>;

/** Names in `confirmed` that no item has, each a mistake worth stopping for. */
export const unknownItems = (items: readonly Item[], confirmed: readonly string[]): string[] =>
  confirmed.filter((id) => !items.some((item) => item.id === id));

/** A platform's list over these facts. A person's word passes what only a person can say, never what failed. */
export const inspect = (items: readonly Item[], facts: Facts, confirmed: readonly string[] = []): readonly Result[] =>
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
