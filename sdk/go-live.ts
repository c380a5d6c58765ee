import * as pulumi from "@pulumi/pulumi";
import type * as stages from "./go-live/of-stage";
import type * as reports from "./go-live/report";
import type { GoLiveArgs } from "./go-live/settings";
import type * as platforms from "./platform";
import type { Stage } from "./stage";
import { declare } from "./stage/declared";
import { never, refusal } from "./stop";

export type { ReportItem } from "./go-live/report";
export type { GoLiveArgs, GoLiveSettings } from "./go-live/settings";

/** What is thrown here does not unmake the stage, which stands in the program already: it must not go on either. */
function orHold<T>(stage: Stage | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    stage?.holdUntil(pulumi.output(never(error as Error)));
    throw error;
  }
}

/**
 * The go-live checklist of a production environment, where no Stage has it as its `goLive`. Each item passed, failed with the
 * step to take, or is for a person to confirm; with `enforce` an open item stops the deploy before its first change. In a
 * staging stack it has nothing to say.
 */
export class GoLive extends pulumi.ComponentResource {
  /** Every item, with what is known once the deploy is done. Empty in staging. */
  readonly report: pulumi.Output<readonly reports.ReportItem[]>;

  constructor(name: string, args: GoLiveArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    // eslint-disable-next-line typescript/no-require-imports -- the checklist, which `import` of the SDK must not load
    const { judge, printed } = require("./go-live/report") as typeof reports;
    // eslint-disable-next-line typescript/no-require-imports -- the checklist too
    const judging = require("./go-live/of-stage") as typeof stages;
    // eslint-disable-next-line typescript/no-require-imports -- the platforms, for the same reason
    const { platformOf } = require("./platform") as typeof platforms;
    const { stage } = args;
    const { checklist } = stage?.platform ?? platformOf(opts);
    const settings = orHold(stage, () => {
      if (stage?.judgesItself)
        throw refusal(`GoLive "${name}": its stage has a checklist, \`goLive\`, already: remove one of the two.`);
      return judging.checkedSettings(checklist, args, "GoLive: ");
    });
    const read = stage ? undefined : declare(name, {});
    const declared = stage?.declared ?? read!.declared;
    const keysAreSecret = stage?.keysAreSecret ?? read!.secrets.has("keys");
    const isProduction = judging.isProduction(declared);
    if (!isProduction && declared.type !== "staging" && !stage)
      throw refusal(
        `GoLive "${name}": is this production? Set \`type\` in config to \`production\` or \`staging\`, or pass the stage.`,
      );
    const flagsAreMadeHere = stage?.flagsAreMadeHere ?? false;
    const subject = { checklist, declared, keysAreSecret, settings, flagsAreMadeHere };
    orHold(stage, () => judging.refuseEarly(subject));
    // without a stage nothing can be held back: what is open stops the program before anything is registered
    const { confirmed, customDomain } = settings;
    const alone =
      isProduction && !stage ? judge(checklist, { declared, keysAreSecret, customDomain }, confirmed) : undefined;
    const why = alone && judging.whyStopped(subject, alone);
    if (why !== undefined) throw refusal(why);
    super("golive:index:GoLive", name, {}, opts);
    if (!stage || !isProduction) {
      if (alone) void pulumi.log.info(printed(judging.called(declared), alone), this);
      this.report = pulumi.output(alone?.items ?? []);
    } else {
      const told = { flags: stage.flags, known: () => ({ clientIdOutput: stage.clientIdsTaken }) };
      const { hold, report } = judging.judgeStage(subject, told, this);
      stage.holdUntil(hold);
      this.report = report(stage.held).apply((items) => stage.secret(items)) as typeof this.report;
    }
    this.registerOutputs({ report: this.report });
  }
}
