import type { ApplicationFacts, EnvironmentFacts, Facts, KeyFacts, WebhookFacts } from "@golive/provider/checklist";
import type { Section } from "../shapes";
import type { Inventory } from "../stage";
import type { Declared } from "../stage/declared";

/** Whether state holds the secrets of a section's objects once a deploy is done, by name. */
export type HeldSecrets = { readonly [S in Section]?: Readonly<Record<string, boolean>> };
/** What a program knows of its environments, without asking the platform. */
export interface Known {
  readonly declared: Declared;
  /** Whether config holds the keys' entries as a secret. */
  readonly keysAreSecret?: boolean | undefined;
  readonly customDomain?: string | undefined;
  /** What staging's stack says of itself. */
  readonly staging?: Inventory | undefined;
  /** Slugs of the flags that the project defines. */
  readonly flags?: readonly string[] | undefined;
  /** Whether the program passes the client ids on; `undefined` where only its end shows that. */
  readonly clientIdOutput?: boolean | undefined;
  /** Judged by the stage itself, which cannot see what the program exports of it. */
  readonly isItsOwn?: true;
  /** After a deploy. */
  readonly held?: HeldSecrets | undefined;
}

/** A value without outputs, which only the engine knows; `undefined` when it has some. */
const plain = <T>(value: unknown): T | undefined => {
  const isPlain = (part: unknown): boolean =>
    typeof part !== "object" ||
    part === null ||
    ((Array.isArray(part) || Object.getPrototypeOf(part) === Object.prototype) && Object.values(part).every(isPlain));
  return isPlain(value) ? (value as T) : undefined;
};
const list = <E, T>(entries: Readonly<Record<string, E>> | undefined, of: (name: string, entry: E) => T) =>
  entries && Object.entries(entries).map(([name, entry]) => of(name, entry));

function production({ declared, keysAreSecret, customDomain, held }: Known): EnvironmentFacts {
  return {
    name: declared.name ?? "production",
    deletionProtection: declared.deletionProtection,
    applications: list(declared.applications, (name, entry): ApplicationFacts => ({
      name,
      kind: plain<string>(entry?.kind),
      redirectUris: entry?.redirectUris === undefined ? [] : plain(entry.redirectUris),
    })),
    keys: list(declared.keys, (name, entry): KeyFacts => ({
      name,
      ...(held ? { issued: true, secretHeld: held.keys?.[name] } : {}),
      // golive marks the value as a secret wherever the engine stores it; where a person wrote it, they do
      encrypted: keysAreSecret || typeof entry?.value !== "string",
    })),
    webhooks: list(declared.webhooks, (name, entry): WebhookFacts => ({
      name,
      url: plain<string>(entry.url) ?? "",
      ...(held ? { secretHeld: held.webhooks?.[name] } : {}),
    })),
    rules: Object.keys(declared.flags ?? {}),
    customDomain,
  };
}

const stagingOf = ({ name, flags, webhooks }: Inventory): EnvironmentFacts => ({
  name,
  rules: flags,
  webhooks: Object.entries(webhooks).map(([hook, url]) => ({ name: hook, url })),
});

/** The facts that the checklist judges. What no program can know stays out: a person confirms it, or the deploy shows it. */
export const factsOf = (known: Known): Facts => ({
  production: production(known),
  staging: known.staging && stagingOf(known.staging),
  // a locked account does not get as far as a key
  billing: Object.keys(known.held?.keys ?? {}).length > 0 ? true : undefined,
  exported: known.clientIdOutput === undefined ? undefined : known.clientIdOutput ? ["clientId"] : [],
  flags: known.flags,
});
