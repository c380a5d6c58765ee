import type * as pulumi from "@pulumi/pulumi";
import type { GoLiveSettings } from "../go-live/settings";
import type * as resources from "../resources";
import type { Section, sections } from "../shapes";

type Rows = typeof sections;

/** An entry has the arguments of its resource, less those that the stage fills in: the table says which those are. */
type EntryArgs<S extends Section> = Omit<
  ConstructorParameters<(typeof resources)[Rows[S]["kind"]]>[1],
  Rows[S]["filled"][number] | (Rows[S] extends { readonly named: infer N } ? N & string : never)
>;
export type ApplicationEntry = EntryArgs<"applications">;
export type FlagEntry = EntryArgs<"flags">;
export type WebhookEntry = EntryArgs<"webhooks">;
export type KeyEntry = EntryArgs<"keys">;

/**
 * A whole environment as data. What is left out is read from the stack's config under the same name, so that
 * `Pulumi.staging.yaml` and `Pulumi.production.yaml` hold all that differs.
 */
export interface StageArgs {
  /** Name of the environment, unique in its project. */
  readonly name?: string;
  /** `staging` or `production`, for good. */
  readonly type?: "staging" | "production";
  /** While true, the environment cannot be deleted. @default true in production */
  readonly deletionProtection?: boolean;
  /** Stack that owns the project and its flags, e.g. `organization/shop-shared/shared`; its outputs `projectId` and `flagIds` are read. */
  readonly shared?: string;
  /** The project, where no `shared` stack tells it. */
  readonly project?: pulumi.Input<string> | pulumi.CustomResource;
  /** Ids of the project's flags by slug, where no `shared` stack tells them. */
  readonly flagIds?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** By name. */
  readonly applications?: Readonly<Record<string, ApplicationEntry>>;
  /** What each flag does in this environment, by the flag's slug. */
  readonly flags?: Readonly<Record<string, FlagEntry>>;
  /** By any name; the URL identifies an endpoint. */
  readonly webhooks?: Readonly<Record<string, WebhookEntry>>;
  /** By name. */
  readonly keys?: Readonly<Record<string, KeyEntry>>;
  /** The go-live checklist of production, at every preview and deploy; `{}` reads all of it from config. In staging it says nothing. */
  readonly goLive?: GoLiveSettings;
  /** The environment and everything in it exist already: each is found by its natural key and taken over. May go after the first deploy. */
  readonly adopt?: boolean;
  /** This stack declared the same objects as plain resources before: each child takes over the state of the one of its name. */
  readonly formerlyPlain?: boolean;
}
