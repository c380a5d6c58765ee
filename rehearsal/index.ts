import type { ProjectSummary } from "./domain/accounts";
import { type Fault, type Faults, InvalidFault } from "./http/faults";
import type { LogEntry } from "./http/log";
import type { PostHogOptions } from "./posthog/api";
import type { PostHogRehearsal } from "./posthog/operator";
import type * as starting from "./start";

export { InvalidFault };
export type { Fault, LogEntry };
export type { PostHogOptions } from "./posthog/api";
export type { PostHogAccess, PostHogProject, PostHogRehearsal } from "./posthog/operator";
export type { EnvironmentSummary, ProjectSummary } from "./domain/accounts";

export interface RehearsalOptions {
  /** 0 for a free one. @default 0 */
  readonly port?: number;
  /** Where everything is kept. Without one it lives in a temporary folder and goes with `close`. */
  readonly file?: string;
  /** Whether a new account has billing, which unlocks production. @default false, as in a real one */
  readonly billing?: boolean;
  /**
   * What the person may do whose dashboard token it is. `sandbox` is for staging only: whatever falls to production is
   * refused with 403, and what names no environment falls to production. @default admin
   */
  readonly role?: "admin" | "sandbox";
  /**
   * `strict`: what lies in another environment than that of the header `x-url-environment-id` is not there.
   * `lenient`: the header counts only where nothing else names an environment.
   */
  readonly environmentHeader?: "strict" | "lenient";
  /** How PostHog is played. */
  readonly posthog?: PostHogOptions;
}
/** An account's credentials. */
export interface AccountAccess {
  readonly account: { readonly id: string; readonly name: string };
  /** Dashboard token. */
  readonly token: string;
  /** Of the Platform API. */
  readonly clientId: string;
  readonly clientSecret: string;
}
export interface Rehearsal extends AccountAccess {
  readonly url: string;
  readonly port: number;
  /** What the account holds now. */
  readonly projects: readonly ProjectSummary[];
  /** PostHog, at the same URL and in the same store. */
  readonly posthog: PostHogRehearsal;
  readonly faults: Faults;
  /** The last requests of the management API that were let in, oldest first. */
  requests(): readonly LogEntry[];
  /** How many there have been. */
  requestCount(): number;
  /** A further account, isolated from the others. */
  addAccount(name: string): AccountAccess;
  /** Forgets everything and begins with a new account; the credentials change. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the rehearsal on 127.0.0.1. Its database and what reads GraphQL are loaded only now. */
export async function createRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const { start } = require("./start") as typeof starting;
  return start(options);
}
