import { blocking, inspect, type Item, type Result, unknownItems } from "@golive/provider/checklist";
import { factsOf, type Known } from "./facts";
import type { Settings } from "./settings";

/** One item of the checklist. */
export interface ReportItem {
  readonly id: string;
  readonly title: string;
  readonly status: "passed" | "failed" | "confirm";
  /** What to do, unless it passed. */
  readonly step?: string;
  /** A person's word made it pass. */
  readonly confirmed?: boolean;
  /** Never stops a deploy. */
  readonly optional?: boolean;
}
export interface Report {
  readonly items: readonly ReportItem[];
  /** Items that stand between a team and production. */
  readonly open: readonly ReportItem[];
}

/**
 * Items of which the deploy is the proof, by what happens to it when they are open: nothing is made then. Of what the outputs
 * of a program prove, its end is: they are known to who reads the state.
 */
const provenByDeploy = (items: readonly Item[], known: Known): ReadonlyMap<string, string> =>
  new Map(
    items.flatMap(({ id, provenByDeploy: how, provenByOutputs }) => {
      const proof = how ?? (known.isItsOwn && known.clientIdOutput === undefined ? provenByOutputs : undefined);
      return proof === undefined ? [] : [[id, proof] as const];
    }),
  );

const itemOf = (
  { id, title, verdict, confirmed, optional }: Result,
  proven: ReadonlyMap<string, string>,
): ReportItem => ({
  id,
  title,
  status: verdict.status,
  ...(verdict.status === "passed" ? {} : { step: proven.get(id) ?? verdict.step }),
  ...(confirmed ? { confirmed } : {}),
  ...(optional ? { optional } : {}),
});

/** A platform's checklist over what a program knows. */
export function judge(checklist: readonly Item[], known: Known, confirmed: readonly string[]): Report {
  const proven = provenByDeploy(checklist, known);
  const results = inspect(checklist, factsOf(known), confirmed);
  const told = (result: Result) => itemOf(result, proven);
  const open = blocking(results).filter(({ id }) => !proven.has(id));
  return { items: results.map(told), open: open.map(told) };
}

/** The first of the confirmed names that no item has, by its place. */
export function wrongName(
  checklist: readonly Item[],
  confirmed: readonly string[],
): { name: string; at: number; names: string } | undefined {
  const [name] = unknownItems(checklist, confirmed);
  return name === undefined
    ? undefined
    : { name, at: confirmed.indexOf(name), names: checklist.map(({ id }) => id).join(", ") };
}

const words = { passed: "passed ", failed: "FAILED ", confirm: "confirm" } as const;
const line = ({ id, status, title, step, confirmed, optional }: ReportItem): string => {
  const word = confirmed ? " (confirmed)" : optional && status !== "passed" ? " (optional)" : "";
  return `${words[status]} [${id}] ${title}${word}${step ? `: ${step}` : ""}`;
};

/** Every item on a line of its own. */
export const printed = (what: string, { items: all, open }: Report): string =>
  [`go-live checklist of ${what}: ${open.length === 0 ? "ready" : `${open.length} open`}`, ...all.map(line)].join(
    "\n  ",
  );

/** Why a deploy stops, and the way on from each open item. */
export function refused(
  what: string,
  { open }: Report,
  { confirmed, confirmIn }: Pick<Settings, "confirmed" | "confirmIn">,
): string {
  let next = confirmed.length;
  const toConfirm = (id: string): string =>
    confirmIn === "config"
      ? `\`pulumi config set --path 'confirmed[${next++}]' ${id}\``
      : `add "${id}" to \`confirmed\``;
  const lines = open.map(({ id, status, title, step }) => {
    const word = status === "confirm" ? ` Then ${toConfirm(id)}.` : "";
    return `  [${id}] ${title}: ${step}${word}`;
  });
  const many =
    open.length === 1 ? "1 item of the go-live checklist is" : `${open.length} items of the go-live checklist are`;
  return [
    `${what} is not ready: ${many} open, and \`enforce\` stops the deploy before its first change.`,
    ...lines,
  ].join("\n");
}
