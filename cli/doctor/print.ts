import type { Result } from "@golive/provider/checklist";
import { type Context, painter, say } from "../context";
import { table } from "../table";
import type { Unmanaged } from "./unmanaged";

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

/** What no stack declares, a row each. */
export function printUnmanaged(context: Context, found: readonly Unmanaged[], stacks: readonly string[]): void {
  const rows = found.map(({ kind, name, id, within }) => [kind, name, within, id]);
  if (rows.length > 0) say(context, `${table(["kind", "name", "in", "id"], rows)}\n\n`);
  const of = stacks.join(", ");
  if (rows.length === 0) say(context, `Everything in the account is declared in ${of}.`);
  else say(context, `${rows.length} object${rows.length > 1 ? "s are" : " is"} declared in none of: ${of}.`);
}
