/** What the clone does with one value. */
export type Action =
  /** Written as it is in staging. */
  | "added"
  /** Written with another value than in staging. */
  | "changed"
  /** Production has it; what people wrote there wins. */
  | "kept"
  /** Makes no sense in production. */
  | "dropped"
  /** A person decides; a placeholder is written as a comment. */
  | "asked"
  /** Never copied; the command that sets it is listed. */
  | "secret"
  /** Of production alone; written as a comment. */
  | "suggested"
  /** Not golive's: left alone. */
  | "foreign";

/** One line of the plan. */
export interface Line {
  /** E.g. `applications.web.redirectUris[0].uri`. */
  readonly path: string;
  readonly action: Action;
  readonly reason: string;
  /** Value in staging. Never one of a secret. */
  readonly from?: unknown;
  /** Value in production. */
  readonly to?: unknown;
  /** Kept, and not what the clone would write. */
  readonly own?: boolean;
  /** For a secret: what to run. */
  readonly command?: string;
}
