import { type Context, painter, say } from "../context";
import { table } from "../table";
import type { Action, Line } from "./line";
import type { ClonePlan } from "./plan";

const mark: Record<Action, readonly [sign: string, colour: "green" | "yellow" | "gray" | "red" | "cyan" | "magenta"]> =
  {
    added: ["+ added", "green"],
    changed: ["~ changed", "green"],
    kept: ["= kept", "gray"],
    dropped: ["- dropped", "gray"],
    asked: ["? asked", "yellow"],
    secret: ["! secret", "red"],
    suggested: ["# suggested", "cyan"],
    foreign: ["  not golive's", "gray"],
  };

const short = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};
const valueOf = ({ action, from, to }: Line): string => {
  if (action === "changed") return `${short(from)} -> ${short(to)}`;
  if (action === "kept") return to === undefined ? "" : short(to);
  const shown = to ?? from;
  return shown === undefined ? "" : short(shown);
};

const quiet = ({ action, own }: Line): boolean => action === "kept" && !own;

/** The plan as a table, then what production has already, and the commands that set secrets. */
export function printPlan(
  context: Context,
  plan: ClonePlan,
  about: { from: string; to: string; verbose: boolean },
): void {
  const paint = painter(context);
  const shown = plan.lines.filter((line) => about.verbose || !quiet(line));
  if (shown.length > 0) {
    const rows = shown.map((line) => {
      const [sign, colour] = mark[line.action];
      return [paint(colour, sign), line.path, valueOf(line), line.reason];
    });
    say(context, table(["", "path", "value", "why"], rows));
  }
  const hidden = plan.lines.length - shown.length;
  if (hidden > 0)
    say(context, paint("gray", `${hidden} value${hidden > 1 ? "s" : ""} kept as cloned; --verbose lists them.`));
  for (const { command } of plan.lines) if (command) say(context, `  ${command}`);
  if (plan.lines.length > 0) say(context, "");
}
