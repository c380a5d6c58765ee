import type { Pair } from "yaml";
import { aroundConfig, explained, leftOut } from "../project/explained";
import { flattened, keyOf, parseStackConfig, splitKey, type StackConfig } from "../project/stack-config";
import { hostsOf, inferHosts } from "./hosts";
import { crossKey, entriesOf, isSection } from "./keys";
import type { Line } from "./line";
import { editOf, findKey, isJson, keysOf, writtenOut } from "./place";
import { type CloneInput, isFilled, type Step } from "./step";
import { suggestions } from "./suggest";
import { urlsOf } from "./urls";
import { shownValue, withoutCredentials } from "../credentials";

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
  const { text: before, file } = input.production;
  // an edit of JSON changes what it reads
  let production: StackConfig = { ...input.production, ...parseStackConfig(before, file) };
  let step = crossed({ ...input, production });
  // what production has by way of an anchor or a text is written out where something comes to it, the outer first
  while (step.needs.length > 0) {
    production = writtenOut(production, step.needs[0]!.path);
    step = crossed({ ...input, production });
  }
  const isCloned = !step.edit.isEmpty || production.text !== before;
  for (const { line, text } of suggestions(step)) {
    step.lines.push(line);
    step.edit.addComment(production.config, text);
  }
  const writes = isCloned || !step.edit.isEmpty;
  const text = withTop(input, step.edit.apply());
  parseStackConfig(text, file);
  const lines = step.lines.map(shown);
  const unset = lines.filter(({ action }) => action === "secret");
  return { lines, text, writes, behind: isCloned || step.isLeft || unset.length > 0, unset };
}

/** Every key of staging's on its way to production. */
function crossed(input: CloneInput): Step {
  const { project, mappings, production } = input;
  const staging = flattened(input.staging);
  const hosts = hostsOf(mappings, inferHosts(pairsOfUrls({ ...input, staging })));
  const around = aroundConfig(production);
  const said = {
    staging: explained(project, staging),
    production: explained(project, production),
    leftOut: leftOut(project, production),
  };
  const step: Step = {
    ...input,
    staging,
    hosts,
    edit: editOf(production),
    lines: [],
    needs: [],
    isLeft: false,
    around,
    said,
  };
  // what stands over the first key belongs to the whole
  const heading = production.config || around ? undefined : staging.config?.commentBefore;
  if (heading) step.edit.addComment(undefined, heading.replace(/^ /gm, ""));
  const keys = keysOf(production);
  let previous: string | undefined;
  for (const pair of (staging.config?.items ?? []) as Pair[]) {
    const there = findKey(keys, project, keyOf(pair));
    if (isFilled(pair)) crossKey(step, pair, there, previous);
    previous = there?.own ? there.key : previous;
  }
  return step;
}

/** A new file begins with what staging's begins with. */
function withTop({ staging, production }: CloneInput, text: string): string {
  const top = production.text === "" && !isJson(production) ? staging.document.commentBefore : undefined;
  return top ? `${withoutCredentials(top.replace(/^/gm, "#"))}\n\n${text}` : text;
}

/** A line as it may be printed: a URL without its password. */
function shown(line: Line): Line {
  return {
    ...line,
    reason: withoutCredentials(line.reason),
    ...("from" in line && { from: shownValue(line.from) }),
    ...("to" in line && { to: shownValue(line.to) }),
  };
}

/** The URLs of each field that both files have: what tells which host stands for which. */
function pairsOfUrls({ staging, production, project }: CloneInput): (readonly [string[], string[]])[] {
  const keys = keysOf(production);
  return ((staging.config?.items ?? []) as Pair[]).flatMap((pair) => {
    const { namespace, name } = splitKey(keyOf(pair), project);
    if (namespace !== project || !isSection(name)) return [];
    return urlsOf(entriesOf(pair.value), entriesOf(findKey(keys, project, keyOf(pair))?.value));
  });
}
