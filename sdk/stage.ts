import * as pulumi from "@pulumi/pulumi";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import type * as platforms from "./platform";
import { isOfflinePreview, unknownYet } from "./offline";
import type { Environment } from "./resources";
import type { StageArgs } from "./stage/args";
import type { HeldSecrets } from "./go-live/facts";
import type * as judging from "./go-live/of-stage";
import type { ReportItem } from "./go-live/report";
import type { GoLiveSettings } from "./go-live/settings";
import { checklistKeys, isOfFlags, sectionNames } from "./shapes";
import { comparedOf, entriesOf, heldBy, makeChildren, toldBy } from "./stage/children";
import { configFile, type Declared, declare, type Locate, stageKeys } from "./stage/declared";
import type * as validation from "./stage/validate";
import { refusal, stop } from "./stop";

export type { ApplicationEntry, FlagEntry, KeyEntry, StageArgs, WebhookEntry } from "./stage/args";

/** What an environment holds, by name: no ids and no secrets. */
export interface Inventory {
  readonly name: string;
  readonly flags: readonly string[];
  /** URLs by name. */
  readonly webhooks: Readonly<Record<string, string>>;
}
type ByName<T> = pulumi.Output<Readonly<Record<string, T>>>;

/** Throws everything that has to be corrected, in one error, before a resource is registered. */
function validate(declared: Declared, place: Locate, platform: PlatformModule): void {
  // eslint-disable-next-line typescript/no-require-imports -- loads zod, which `import` of the SDK must not
  const { faults, meant } = require("./stage/validate") as typeof validation;
  const found = faults(declared, platform).map(
    // zod's sentences begin with a capital: they stand alone
    ({ path, reason }) => `${place(path)}${/^[A-Z]/.test(reason) ? ": " : " "}${reason}`,
  );
  if (found.length > 0) throw refusal(found.join("\n"));
  const prefix = `${pulumi.getProject()}:`;
  for (const key of Object.keys(pulumi.runtime.allConfig()).filter((name) => name.startsWith(prefix))) {
    const close = meant(key.slice(prefix.length), [...stageKeys, ...checklistKeys]);
    if (close) void pulumi.log.warn(`${configFile()}: ${key} is read by no stage; did you mean ${prefix}${close}?`);
  }
}

/** The stage of each stack that this process runs. */
const stages = new WeakMap<pulumi.Resource, string>();
/** Its children are called as their entries, so a stack has one. */
function beTheOnly(name: string): void {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined) return; // Pulumi's mocks have none
  const other = stages.get(stack);
  if (other !== undefined)
    throw refusal(
      `Stage "${name}": a stack has one, and "${other}" is it. Give the other environment a stack of its own.`,
    );
  stages.set(stack, name);
}

const projectOf = ({ project }: Declared, shared: pulumi.StackReference | undefined): pulumi.Output<string> => {
  const isOffline = isOfflinePreview();
  if (project === undefined)
    return shared!
      .getOutput("projectId")
      .apply((id) => (id === undefined && isOffline ? unknownYet<string>() : pulumi.output(id as string)));
  return pulumi.CustomResource.isInstance(project) ? project.id : pulumi.output(project);
};

/** What only the owner's stack can tell not to be there. Of `flagIds` in the program, validation knows. */
function missing(declared: Declared, place: Locate, projectId: unknown, slugs: readonly string[]) {
  const { shared, project } = declared;
  if (project === undefined && projectId === undefined)
    return stop(
      `${place("shared")} is ${shared}, which has no output \`projectId\`: deploy it first, or export it there.`,
    );
  const lines = sectionNames.filter(isOfFlags).flatMap((section) =>
    Object.keys(entriesOf(declared, section))
      .filter((slug) => !slugs.includes(slug))
      .map((slug) => `${place(`${section}.${slug}`)} is no flag of ${shared ?? "flagIds"}`),
  );
  if (lines.length === 0) return undefined;
  return stop(`${lines.join("\n")}\nDefine it there and deploy that first, or remove it here.`);
}

/** Judges a stage that is being made: what is wrong with the settings is said now, and what has failed already. */
function judgeOf(
  args: GoLiveSettings,
  owner: string,
  { declared, secrets }: Pick<ReturnType<typeof declare>, "declared" | "secrets">,
  { checklist }: PlatformModule,
) {
  // eslint-disable-next-line typescript/no-require-imports -- the checklist, which `import` of the SDK must not load
  const judges = require("./go-live/of-stage") as typeof judging;
  const settings = judges.checkedSettings(checklist, args, owner);
  const keysAreSecret = secrets.has("keys");
  const subject = { checklist, declared, keysAreSecret, settings, flagsAreMadeHere: flagsAreMadeHere(declared) };
  judges.refuseEarly(subject);
  return (stage: Stage): judging.StageVerdict | undefined =>
    judges.isProduction(declared)
      ? judges.judgeStage(subject, { flags: stage.flags, known: () => ({ isItsOwn: true }) }, stage)
      : undefined;
}

/** Whether a preview may not know the flags yet. */
const flagsAreMadeHere = ({ flagIds }: Declared): boolean => pulumi.Output.isInstance(flagIds);

/**
 * A whole environment: its applications, what each flag does in it, webhook endpoints and keys. Declared as data, in the
 * stack's config, so that staging and production run one program. Everything that is wrong with the data fails the
 * preview, with the path of each value in its file; with `goLive`, so does what stands between it and going live. One per stack:
 * its children are called as their entries.
 */
export class Stage extends pulumi.ComponentResource {
  readonly environment: Environment;
  readonly environmentId: pulumi.Output<string>;
  /** Values of the keys by name. Secret. */
  readonly apiKeys: ByName<string | undefined>;
  /** Signing secrets of the webhook endpoints by name. Secret. */
  readonly signingSecrets: ByName<string | undefined>;
  /** Export it from staging, for the checklist of production to compare with. */
  readonly inventory: pulumi.Output<Inventory>;
  /** Every item of the go-live checklist, with what is known once the deploy is done. Empty in staging, and without `goLive`. */
  readonly report: pulumi.Output<readonly ReportItem[]>;
  /** @internal Whether `goLive` judges it. */
  readonly judgesItself: boolean;
  /** @internal What was declared, for a GoLive beside it. */
  readonly declared: Declared;
  /** @internal Where its resources are managed. */
  readonly platform: PlatformModule;
  /** @internal A value that is made of config: a secret where config holds one. */
  readonly secret: <T>(value: T) => pulumi.Output<pulumi.Unwrap<T>>;
  /** @internal Whether the keys' entries, as config or arguments have them, hold a secret. */
  readonly keysAreSecret: boolean;
  /** @internal Whether a preview may not know the flags yet. */
  readonly flagsAreMadeHere: boolean;
  /** @internal Slugs of the project's flags. */
  readonly flags: pulumi.Output<readonly string[]>;
  /** @internal Whether state holds the secrets of keys and endpoints, by name. */
  readonly held: pulumi.Output<HeldSecrets>;
  /** @internal Whether the program passes the client ids on: a GoLive beside the stage asks, `goLive` does not. */
  clientIdsTaken = false;
  readonly #clientIds: ByName<string>;
  readonly #holds: pulumi.Output<unknown>[] = [];
  #isHeld = true;

  constructor(name: string, args: StageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { declared, place, secrets } = declare(name, args);
    // eslint-disable-next-line typescript/no-require-imports -- loads zod, which `import` of the SDK must not
    const { platformOf } = require("./platform") as typeof platforms;
    const platform = platformOf(opts);
    validate(declared, place, platform);
    const judge = args.goLive && judgeOf(args.goLive, `Stage "${name}": goLive.`, { declared, secrets }, platform);
    beTheOnly(name);
    super("golive:index:Stage", name, {}, opts);
    this.judgesItself = judge !== undefined;
    this.declared = declared;
    this.platform = platform;
    this.secret = (value) => (secrets.size > 0 ? pulumi.secret(value) : pulumi.output(value));
    this.keysAreSecret = secrets.has("keys");
    const shared =
      declared.shared === undefined ? undefined : new pulumi.StackReference(declared.shared, {}, { parent: this });
    const written = declared.flagIds ?? shared?.getOutput("flagIds") ?? {};
    // where nobody may be asked, the stack that is shared may be missing too: what it would tell is unknown, and no fault
    const isOffline = shared !== undefined && isOfflinePreview();
    const ids = pulumi.output(written) as pulumi.Output<Readonly<Record<string, string>> | undefined>;
    // the slugs of flags that this program makes are known before their ids are, where they are no output themselves
    this.flagsAreMadeHere = flagsAreMadeHere(declared);
    this.flags = pulumi.Output.isInstance(written)
      ? ids.apply((flags) => Object.keys(flags ?? (isOffline && declared.flags) ?? {}))
      : pulumi.output(Object.keys(written));
    const owned = pulumi.all([shared?.getOutput("projectId"), this.flags]);
    this.#holds.push(
      owned.apply(([id, slugs]) => missing(declared, place, isOffline && id === undefined ? "unknown" : id, slugs)),
    );
    const flagId = (slug: string): pulumi.Output<string> =>
      ids.apply((known) =>
        known === undefined && isOffline ? unknownYet<string>() : pulumi.output(known?.[slug] ?? ""),
      );
    const aliases = args.formerlyPlain ? { aliases: [{ parent: pulumi.rootStackResource }] } : {};
    // everything hangs on the project's id: nothing is made before those who may object have spoken
    const verdicts = Promise.resolve().then(() => {
      this.#isHeld = false;
      return this.#holds;
    });
    const agreed = pulumi.output(verdicts);
    const project = agreed.apply(() => projectOf(declared, shared));
    const around = { secrets, project, flagId, adopt: args.adopt };
    const { environment, children } = makeChildren(declared, around, { parent: this, ...aliases });
    // under the Automation API a program ends with its outputs: of what is never made they would never come
    const after = <T>(value: pulumi.Output<T>): pulumi.Output<T> => agreed.apply(() => value);

    const told = toldBy(children);
    this.environment = environment;
    this.environmentId = after(environment.id);
    this.#clientIds = after(told.clientIds) as ByName<string>;
    this.apiKeys = after(told.apiKeys);
    this.signingSecrets = after(told.signingSecrets);
    this.inventory = this.secret({
      name: declared.name!,
      ...comparedOf(declared),
    } as unknown) as pulumi.Output<Inventory>;
    this.held = after(heldBy(children));
    const verdict = judge?.(this);
    if (verdict) this.#holds.push(verdict.hold);
    this.report = verdict
      ? (verdict.report(this.held).apply((items) => this.secret(items)) as typeof this.report)
      : pulumi.output([]);
    const { environmentId, apiKeys, signingSecrets } = this;
    this.registerOutputs({ environmentId, clientIds: this.#clientIds, apiKeys, signingSecrets });
  }

  /** Client ids of the applications by name. */
  get clientIds(): ByName<string> {
    this.clientIdsTaken = true;
    return this.#clientIds;
  }

  /** @internal Nothing is made before this is known. Asked in the turn in which the stage is made. */
  holdUntil(verdict: pulumi.Output<unknown>): void {
    if (!this.#isHeld)
      throw refusal(
        "GoLive is made when its stage has gone ahead: make it right behind the stage, before any `await`.",
      );
    this.#holds.push(verdict);
  }
}
