import type { Assumption, Finding } from "@golive/provider/platforms/platform";
import { type Context, exitCode, painter, say, sayJson } from "../context";
import { configured, platformOfStack } from "../environment/connect";
import type { Options } from "../commands/verify-contract";

type Result = Assumption & Finding;
const signs = {
  confirmed: ["confirmed", "green"],
  refuted: ["REFUTED", "red"],
  "not seen": ["not seen", "gray"],
} as const;

function print(context: Context, results: readonly Result[], title: string): void {
  const paint = painter(context);
  for (const { id, assumed, otherwise, verdict, why } of results) {
    const [sign, colour] = signs[verdict];
    say(context, `${paint(colour, sign.padEnd(10))} ${assumed}  ${paint("gray", `[${id}]`)}`);
    say(context, `           ${why}`);
    if (verdict === "refuted") say(context, `           ${otherwise}`);
  }
  const count = (verdict: Finding["verdict"]) => results.filter((one) => one.verdict === verdict).length;
  say(
    context,
    `\n${title}: ${count("confirmed")} confirmed, ${count("refuted")} refuted, ${count("not seen")} not seen.`,
  );
}

export async function verifyContract(context: Context, { stack, json }: Options): Promise<void> {
  const config = configured(context, stack);
  const { contract, title } = platformOfStack(context, stack);
  const results: Result[] = [];
  if (contract) {
    const { lookOf } = await import("@golive/provider/platforms/connect");
    const look = lookOf(config, contract);
    // one after another: what one has read, the next need not ask for again
    for (const assumption of contract.assumptions) results.push({ ...assumption, ...(await look(assumption.id)) });
  }
  if (results.some(({ verdict }) => verdict === "refuted")) context.code = exitCode.differs;
  if (json) sayJson(context, results);
  else print(context, results, title);
}
