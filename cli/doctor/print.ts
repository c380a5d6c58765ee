import type { Result } from "@golive/provider/checklist";
import { type Context, painter, say } from "../context";

const signs = { passed: ["ok", "green"], failed: ["FAILED", "red"], confirm: ["confirm", "yellow"] } as const;

/** The checklist, an item with its step below it. */
export function printChecklist(context: Context, results: readonly Result[]): void {
  const paint = painter(context);
  for (const { id, title, optional, verdict, confirmed } of results) {
    const [sign, colour] = signs[verdict.status];
    const note = confirmed ? " (confirmed by a person)" : optional && verdict.status !== "passed" ? " (optional)" : "";
    say(context, `${paint(colour, sign.padEnd(8))} ${title}${paint("gray", note)}  ${paint("gray", `[${id}]`)}`);
    if ("step" in verdict) say(context, `         ${verdict.step}`);
  }
}
