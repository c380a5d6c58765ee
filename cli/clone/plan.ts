import type { Pair } from "yaml";
import { TextEdit } from "../project/edit";
import { keyOf, parseStackConfig, splitKey } from "../project/stack-config";
import { hostsOf, inferHosts } from "./hosts";
import { crossKey, isSection } from "./keys";
import type { Line } from "./line";
import { type CloneInput, findKey, isFilled, type Step } from "./step";
import { suggestions } from "./suggest";
import { urlsOf } from "./urls";

export interface ClonePlan {
  readonly lines: readonly Line[];
  /** The production file as it would be. */
  readonly text: string;
  /** Whether that differs from the file as it is. */
  readonly writes: boolean;
  /** Whether production lacks what staging has; what is only suggested does not count. */
  readonly behind: boolean;
  /** Secrets that production still lacks: golive writes none. */
  readonly unset: readonly Line[];
}

/** The plan of a clone. Reads nothing and writes nothing. */
export function planClone(input: CloneInput): ClonePlan {
  const { project, staging, production, mappings } = input;
  const inferred = inferHosts(pairsOfUrls(input));
  const step: Step = { ...input, hosts: hostsOf(mappings, inferred), edit: new TextEdit(production), lines: [] };
  // what stands over the first key belongs to the whole
  const heading = production.config ? undefined : staging.config?.commentBefore;
  if (heading) step.edit.addComment(undefined, heading.replace(/^ /gm, ""));
  let previous: string | undefined;
  for (const pair of (staging.config?.items ?? []) as Pair[]) {
    const key = keyOf(pair);
    const there = findKey(production.config, project, key);
    if (isFilled(pair)) crossKey(step, pair, there, previous);
    previous = there ? keyOf(there) : previous;
  }
  const isCloned = !step.edit.isEmpty;
  for (const { line, text } of suggestions(step)) {
    step.lines.push(line);
    step.edit.addComment(production.config, text);
  }
  const top = production.text === "" ? staging.document.commentBefore : undefined;
  const text = `${top ? `${top.replace(/^/gm, "#")}\n\n` : ""}${step.edit.apply()}`;
  parseStackConfig(text, "the production config that golive would write");
  const unset = step.lines.filter(({ action }) => action === "secret");
  return { lines: step.lines, text, writes: !step.edit.isEmpty, behind: isCloned || unset.length > 0, unset };
}

/** The URLs of each field that both files have: what tells which host stands for which. */
function pairsOfUrls({ staging, production, project }: CloneInput): (readonly [string[], string[]])[] {
  return (staging.config?.items ?? []).flatMap((pair) => {
    const key = keyOf(pair as Pair);
    const { namespace, name } = splitKey(key, project);
    if (namespace !== project || !isSection(name)) return [];
    return urlsOf(pair.value, findKey(production.config, project, key)?.value);
  });
}
