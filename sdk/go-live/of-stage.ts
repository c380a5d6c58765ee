// The checklist of a stage, for the stage itself and for a GoLive beside it. Loaded by who judges, never by `import` of the SDK.
import * as pulumi from "@pulumi/pulumi";
import type { Item } from "@golive/provider/checklist";
import { isOfflinePreview } from "../offline";
import { rowOf, sectionNames } from "../shapes";
import type { Inventory } from "../stage";
import { type Declared, isMap } from "../stage/declared";
import { refusal, stop } from "../stop";
import type { HeldSecrets, Known } from "./facts";
import { judge, printed, type Report, type ReportItem, refused, wrongName } from "./report";
import { type GoLiveSettings, type Settings, settingsOf } from "./settings";

/** What the checklist is asked about. */
export interface ChecklistInput {
  readonly checklist: readonly Item[];
  readonly declared: Declared;
  /** Whether config holds the keys' entries as a secret. */
  readonly keysAreSecret: boolean;
  readonly settings: Settings;
  /** Whether a preview may not know the flags yet. */
  readonly flagsAreMadeHere: boolean;
}

export const isProduction = ({ type }: Declared): boolean => type === "production";
export const called = ({ name }: Declared): string => name ?? pulumi.getStack();

/** The settings of who judges; `owner` is what arguments are called by. */
export const checkedSettings = (checklist: readonly Item[], args: GoLiveSettings, owner: string): Settings =>
  settingsOf(args, owner, (names) => wrongName(checklist, names));

/** Why a deploy stops, if it does. */
export const whyStopped = ({ declared, settings }: Pick<ChecklistInput, "declared" | "settings">, found: Report) =>
  settings.enforce && found.open.length > 0 ? refused(called(declared), found, settings) : undefined;

const hasFailed = ({ status }: ReportItem): boolean => status === "failed";
/**
 * Stops the program before anything is registered for what has failed already, where flags are made by it: their ids, and with
 * them the rest, are unknown to a preview.
 */
export function refuseEarly(subject: ChecklistInput): void {
  const { checklist, declared, keysAreSecret, settings } = subject;
  if (!isProduction(declared) || !subject.flagsAreMadeHere) return;
  const found = judge(checklist, { declared, keysAreSecret, customDomain: settings.customDomain }, settings.confirmed);
  const why = whyStopped(subject, { ...found, open: found.open.filter(hasFailed) });
  if (why !== undefined) throw refusal(why);
}

const isInventory = (told: unknown): told is Inventory =>
  isMap(told) &&
  typeof told["name"] === "string" &&
  sectionNames.every((section) => {
    const { compared } = rowOf(section);
    return compared === undefined || (compared === "names" ? Array.isArray(told[section]) : isMap(told[section]));
  });

/** What staging's stack says of itself. */
function inventoryOf(staging: string | undefined, self: pulumi.Resource): pulumi.Output<Inventory | undefined> {
  if (staging === undefined) return pulumi.output(undefined);
  return new pulumi.StackReference(staging, {}, { parent: self }).getOutput("inventory").apply((told) => {
    if (isInventory(told)) return told;
    void pulumi.log.warn(`${staging} has no output \`inventory\` of a stage: export it and deploy staging`, self);
    return undefined;
  });
}

/** What the stage tells who judges it. */
export interface StageFacts {
  /** Slugs of the project's flags. */
  readonly flags: pulumi.Output<readonly string[]>;
  /** Asked when the rest is known: the program may go on to pass the client ids on. */
  known(): Pick<Known, "clientIdOutput" | "isItsOwn">;
}
export interface StageVerdict {
  /** Known when the deploy may go ahead; says the list. */
  readonly hold: pulumi.Output<unknown>;
  /** Every item once the deploy is done; one that failed only then is warned of. */
  report(held: pulumi.Output<HeldSecrets>): pulumi.Output<readonly ReportItem[]>;
}

/** The checklist over what a stage of production declares, said in the name of `self`. */
export function judgeStage(subject: ChecklistInput, { flags, known }: StageFacts, self: pulumi.Resource): StageVerdict {
  const { checklist, declared, keysAreSecret, settings } = subject;
  const { confirmed, customDomain } = settings;
  const facts = pulumi.all([flags, inventoryOf(settings.staging, self)]);
  const verdict = (held?: HeldSecrets) =>
    facts.apply(([slugs, staging]) =>
      judge(checklist, { declared, keysAreSecret, customDomain, flags: slugs, staging, ...known(), held }, confirmed),
    );
  // what staging's stack cannot tell to who sends nothing is for the deploy to stop, as is what a person has to confirm
  const isBlind = facts.apply(
    ([, staging]) => settings.staging !== undefined && staging === undefined && isOfflinePreview(),
  );
  return {
    hold: pulumi.all([verdict(), isBlind]).apply(([told, blind]) => {
      const found = told as Report;
      void pulumi.log.info(printed(called(declared), found), self);
      const why = whyStopped(subject, blind ? { ...found, open: found.open.filter(hasFailed) } : found);
      return why === undefined ? undefined : stop(why);
    }),
    report: (held) =>
      held
        .apply((secrets) => verdict(secrets))
        .apply(({ items, open }) => {
          for (const { id, step } of open.filter(hasFailed)) void pulumi.log.warn(`[${id}] ${step}`, self);
          return items;
        }) as pulumi.Output<readonly ReportItem[]>,
  };
}
