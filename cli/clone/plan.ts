import { definitions } from "@golive/provider";
import { environmentKeys, type Section, sections } from "@golive/provider/stage";
import { isMap, type Node, type Pair, Scalar, type YAMLMap } from "yaml";
import { isCommentedOut } from "../project/comments";
import { TextEdit } from "../project/edit";
import { isSecure, keyOf, parseStackConfig, splitKey } from "../project/stack-config";
import { crossField } from "./crossing";
import { crossNewSection, mergeSection } from "./entries";
import { hostsOf, inferHosts } from "./hosts";
import type { Line } from "./line";
import { type CloneInput, type Filled, findKey, isFilled, kept, pairLike, passageOf, type Step } from "./step";
import { isOfOne, suggestions } from "./suggest";
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
export const isSection = (name: string): name is Section => Object.hasOwn(sections, name);
const isEnvironmentKey = (name: string): name is (typeof environmentKeys)[number] =>
  environmentKeys.some((key) => key === name);

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

function crossKey(step: Step, pair: Filled, there: Pair | undefined, after: string | undefined): void {
  const key = keyOf(pair);
  const { namespace, name } = splitKey(key, step.project);
  if (namespace !== step.project && namespace !== "golive") {
    step.lines.push({ path: key, action: "foreign", reason: "not golive's: left alone" });
    return;
  }
  const own = namespace === step.project;
  const label = own ? name : key;
  const section = own && isSection(name) && isMap(pair.value) ? name : undefined;
  if (there) {
    if (section && isMap(there.value)) mergeSection(step, section, key, pair.value as YAMLMap, there.value);
    else {
      const answer = own && isEnvironmentKey(name) ? defaultAnswer(step, name) : undefined;
      step.lines.push(kept(label, pair.value, there.value, answer ?? pair.value));
    }
    return;
  }
  if (isCommentedOut(step.production.config, key)) {
    if (isSecure(pair.value))
      step.lines.push(...crossField(undefined, pair.value, [], label, passageOf(step, key)).lines);
    else step.lines.push({ path: label, action: "kept", reason: "production has it as a comment" });
    return;
  }
  if (section) {
    step.edit.addPair(
      step.production.config,
      pairLike(pair, crossNewSection(step, section, key, pair.value as YAMLMap)),
      after,
    );
    return;
  }
  if (own && isOfOne(name)) {
    step.lines.push({ path: label, action: "dropped", reason: "said of one environment alone" });
    return;
  }
  const answer = step.answers.get(label) ?? (own && isEnvironmentKey(name) ? defaultAnswer(step, name) : undefined);
  if (answer !== undefined) {
    step.lines.push({
      path: label,
      action: "changed",
      reason: step.answers.has(label) ? "--set" : `of stack ${step.production.stack}; --set ${label}=… for another`,
      from: (pair.value as Node).toJSON() as unknown,
      to: answer,
    });
    step.edit.addPair(step.production.config, pairLike(pair, new Scalar(answer)), after);
    return;
  }
  const field = own && isEnvironmentKey(name) ? definitions.Environment.inputs[name] : undefined;
  const crossed = crossField(field, pair.value, [], label, passageOf(step, key));
  const reason = own ? "the program's own: copied as it is" : "how golive reaches the platform: the same in both";
  step.lines.push(...crossed.lines.map((line) => (line.action === "added" ? { ...line, reason } : line)));
  if (crossed.node) step.edit.addPair(step.production.config, pairLike(pair, crossed.node), after);
  else if (crossed.open)
    step.edit.addComment(step.production.config, crossed.open.replace(/^[^:]*:(?=\s|$)/, `${key}:`));
}

/** A name and a type differ by nature; a clone into `production` answers both, as the platform names what it made. */
const defaultAnswer = ({ production: { stack } }: Step, name: (typeof environmentKeys)[number]): string | undefined =>
  name === "type" ? "production" : name === "name" ? `${stack[0]!.toUpperCase()}${stack.slice(1)}` : undefined;

/** The URLs of each field that both files have: what tells which host stands for which. */
function pairsOfUrls({ staging, production, project }: CloneInput): (readonly [string[], string[]])[] {
  return (staging.config?.items ?? []).flatMap((pair) => {
    const key = keyOf(pair as Pair);
    const { namespace, name } = splitKey(key, project);
    if (namespace !== project || !isSection(name)) return [];
    return urlsOf(pair.value, findKey(production.config, project, key)?.value);
  });
}
