import * as pulumi from "@pulumi/pulumi";
import type { HeldSecrets } from "./go-live/facts";
import type * as reports from "./go-live/report";
import { type GoLiveArgs, settingsOf } from "./go-live/settings";
import type * as platforms from "./platform";
import type { Inventory, Stage } from "./stage";
import { declare, isMap } from "./stage/declared";
import { never, refusal, stop } from "./stop";

export type { ReportItem } from "./go-live/report";
export type { GoLiveArgs } from "./go-live/settings";

/** What is thrown here does not unmake the stage, which stands in the program already: it must not go on either. */
function orHold<T>(stage: Stage | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    stage?.holdUntil(pulumi.output(never(error as Error)));
    throw error;
  }
}

const hasFailed = ({ status }: reports.ReportItem): boolean => status === "failed";
const isInventory = (told: unknown): told is Inventory =>
  isMap(told) && typeof told["name"] === "string" && Array.isArray(told["flags"]) && isMap(told["webhooks"]);

/**
 * The go-live checklist of a production environment. Each item passed, failed with the step to take, or is for a person to
 * confirm; with `enforce` an open item stops the deploy before its first change. In a staging stack it has nothing to say.
 */
export class GoLive extends pulumi.ComponentResource {
  /** Every item, with what is known once the deploy is done. Empty in staging. */
  readonly report: pulumi.Output<readonly reports.ReportItem[]>;

  constructor(name: string, args: GoLiveArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    // eslint-disable-next-line typescript/no-require-imports -- the checklist, which `import` of the SDK must not load
    const { judge, printed, refused, wrongName } = require("./go-live/report") as typeof reports;
    // eslint-disable-next-line typescript/no-require-imports -- the platforms, for the same reason
    const { platformOf } = require("./platform") as typeof platforms;
    const { stage } = args;
    const { checklist } = stage?.platform ?? platformOf(opts);
    const settings = orHold(stage, () => settingsOf(args, (names) => wrongName(checklist, names)));
    const { confirmed, enforce, customDomain, staging } = settings;
    const declared = stage?.declared ?? declare(name, {}).declared;
    const isProduction = declared.type === "production";
    if (!isProduction && declared.type !== "staging" && !stage)
      throw refusal(
        `GoLive "${name}": is this production? Set \`type\` in config to \`production\` or \`staging\`, or pass the stage.`,
      );
    const what = declared.name ?? pulumi.getStack();
    const tell = (found: reports.Report) => void pulumi.log.info(printed(what, found), this);
    const why = (found: reports.Report) =>
      enforce && found.open.length > 0 ? refused(what, found, settings) : undefined;

    // without a stage nothing can be held back: what is open stops the program before anything is registered. So does what
    // has failed already, where flags are made by this program: their ids, and with them the rest, are unknown to a preview
    const early =
      isProduction && stage?.flagsAreMadeHere !== false
        ? judge(checklist, { declared, customDomain }, confirmed)
        : undefined;
    if (early)
      orHold(stage, () => {
        const open = why(stage ? { ...early, open: early.open.filter(hasFailed) } : early);
        if (open !== undefined) throw refusal(open);
      });
    super("golive:index:GoLive", name, {}, opts);
    if (!stage || !isProduction) {
      if (early) tell(early);
      this.report = pulumi.output(early?.items ?? []);
    } else {
      const facts = pulumi.all([stage.flags, this.#inventoryOf(staging)]);
      const verdict = (held?: HeldSecrets) =>
        facts.apply(([flags, other]) =>
          judge(
            checklist,
            { declared, customDomain, flags, staging: other, clientIdOutput: stage.clientIdsTaken, held },
            confirmed,
          ),
        );
      stage.holdUntil(
        verdict().apply((found) => {
          tell(found);
          const open = why(found);
          return open === undefined ? undefined : stop(open);
        }),
      );
      this.report = stage.held
        .apply((held) => verdict(held))
        .apply((found) => stage.secret(this.#itemsAfter(found))) as typeof this.report;
    }
    this.registerOutputs({ report: this.report });
  }

  /** What staging's stack says of itself. */
  #inventoryOf(staging: string | undefined): pulumi.Output<Inventory | undefined> {
    if (staging === undefined) return pulumi.output(undefined);
    return new pulumi.StackReference(staging, {}, { parent: this }).getOutput("inventory").apply((told) => {
      if (isInventory(told)) return told;
      void pulumi.log.warn(`${staging} has no output \`inventory\` of a stage: export it and deploy staging`, this);
      return undefined;
    });
  }

  /** The items once the deploy is done; one that failed only then is warned of. */
  #itemsAfter({ items, open }: reports.Report): readonly reports.ReportItem[] {
    for (const { id, status, step } of open) if (status === "failed") void pulumi.log.warn(`[${id}] ${step}`, this);
    return items;
  }
}
