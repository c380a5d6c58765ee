import { definitions, type Field } from "@golive/provider";
import { providerConfig } from "@golive/provider/provider-config";
import { environmentKeys, type Section, sections } from "@golive/provider/stage";
import { isMap, type Pair, type YAMLMap } from "yaml";
import { isCommentedOut } from "../project/comments";
import { isSecure, keyOf, splitKey } from "../project/stack-config";
import { plainOf, SECRET } from "../project/values";
import { nodeOf, parseYaml } from "../yaml/document";
import { crossField, written } from "./crossing";
import { crossNewSection, mergeSection } from "./entries";
import { type ConfigNode, mapOfText, saysNothing } from "./place";
import { missingSecrets, secretLine } from "./secrets";
import { type Filled, kept, pairLike, passageOf, type Step } from "./step";
import { isOfOne } from "./suggest";

export const isSection = (name: string): name is Section => Object.hasOwn(sections, name);
const isEnvironmentKey = (name: string): name is (typeof environmentKeys)[number] =>
  environmentKeys.some((key) => key === name);
const settings: Readonly<Record<string, Field>> = providerConfig;

/** The entries of a section, also of one that stands there as a text of JSON. */
export const entriesOf = (value: unknown): YAMLMap | undefined =>
  isMap(value) && !isSecure(value) ? value : mapOfText(value);

/** One key of staging's config, where production has it or does not. */
export function crossKey(step: Step, pair: Filled, there: ConfigNode | undefined, after: string | undefined): void {
  const key = keyOf(pair);
  const { namespace, name } = splitKey(key, step.project);
  if (namespace !== step.project && namespace !== "golive") {
    step.lines.push({ path: key, action: "foreign", reason: "not golive's: left alone" });
    return;
  }
  const isOwn = namespace === step.project;
  const label = isOwn ? name : key;
  if (isOwn && isSection(name) && !isSecure(pair.value)) crossSection(step, name, pair, there, after);
  else if (there) keepKey(step, pair, there, label);
  else crossNewKey(step, pair, label, after);
}

/** A section's entries; of what is none nothing is known, and nothing crosses unasked. */
function crossSection(
  step: Step,
  section: Section,
  pair: Filled,
  there: ConfigNode | undefined,
  after: string | undefined,
) {
  const key = keyOf(pair);
  const { config } = step.production;
  const entries = entriesOf(pair.value);
  if (!entries) {
    if (saysNothing(pair.value)) return;
    const reason = "it is no map of entries: correct it in staging";
    step.lines.push({ path: section, action: "asked", reason, from: plainOf(pair.value) });
  } else if (there) {
    const value = saysNothing(there.value) ? nodeOf({}) : entriesOf(there.value);
    const own = isMap(there.own) || saysNothing(there.own) ? there.own : undefined;
    if (value) mergeSection(step, section, key, entries, { ...there, own, value });
    else if (isSecure(there.value))
      step.lines.push({ path: section, action: "asked", reason: "production has it as a secret: compare it yourself" });
    else step.lines.push(kept(section, entries, there.value));
  } else if (isCommentedOut(step.around, key)) keepComment(step, pair, section);
  else step.edit.addPair(config, pairLike(pair, crossNewSection(step, section, key, entries)), after);
}

/** What production says already stays; secrets that it lacks are listed. */
function keepKey(step: Step, pair: Filled, there: ConfigNode, label: string): void {
  const field = fieldOf(step, pair);
  const answer = defaultAnswer(step, pair);
  const [from, to] = field?.secret ? [SECRET, SECRET] : [pair.value, there.value];
  step.lines.push(kept(label, from, to, answer ?? from));
  for (const path of missingSecrets(pair.value, there.value))
    step.lines.push(secretLine(keyOf(pair), path, step.production.stack, label));
}

/** What people commented out stays out; a secret of it is listed until it is set. */
function keepComment(step: Step, pair: Filled, label: string): void {
  const { lines } = crossField(fieldOf(step, pair), pair.value, [], label, passageOf(step, keyOf(pair)));
  const secrets = lines.filter(({ action }) => action === "secret");
  step.lines.push(...secrets);
  if (secrets.length > 0) return;
  const action = lines.some((line) => line.action === "asked") ? "asked" : "kept";
  step.lines.push({ path: label, action, reason: "production has it as a comment" });
}

function crossNewKey(step: Step, pair: Filled, label: string, after: string | undefined): void {
  const key = keyOf(pair);
  const { config, stack } = step.production;
  const { namespace, name } = splitKey(key, step.project);
  const isOwn = namespace === step.project;
  if (isCommentedOut(step.around, key)) return keepComment(step, pair, label);
  if (isOwn && isOfOne(name)) {
    step.lines.push({ path: label, action: "dropped", reason: "said of one environment alone" });
    return;
  }
  const field = fieldOf(step, pair);
  const given = field?.secret || isSecure(pair.value) ? undefined : step.answers.get(label);
  const answer = given ?? defaultAnswer(step, pair);
  if (answer !== undefined) {
    // a name is a text, also one of digits
    const node = name === "name" || name === "type" ? nodeOf(answer) : (parseYaml(answer).contents ?? nodeOf(null));
    const reason = `${name === "type" ? "clone writes a production" : `of stack ${stack}`}; --set ${label}=… for another`;
    const [from, to] = [plainOf(pair.value), plainOf(node)];
    step.lines.push({ path: label, action: "changed", reason: given === undefined ? reason : "--set", from, to });
    step.edit.addPair(config, pairLike(pair, node as Filled["value"]), after);
    return;
  }
  const crossed = crossField(field, pair.value, [], label, passageOf(step, key));
  const reason = isOwn ? "the program's own: copied as it is" : "how golive reaches the platform: the same in both";
  step.lines.push(...crossed.lines.map((line) => (line.action === "added" ? { ...line, reason } : line)));
  if (crossed.node) step.edit.addPair(config, pairLike(pair, crossed.node), after);
  else if (crossed.open)
    step.edit.addComment(
      config,
      crossed.open.startsWith(`${key}:`) ? crossed.open : `${key}: ${written(crossed.open)}`,
    );
}

/** The rule of a key, where it has one: Pulumi.yaml may say that a key is a secret. */
function fieldOf({ project, production }: Step, pair: Pair): Field | undefined {
  const { namespace, name } = splitKey(keyOf(pair), project);
  const isSecret = production.shared?.secrets.some((key) => key.namespace === namespace && key.name === name);
  const field =
    namespace !== project ? settings[name] : isEnvironmentKey(name) ? definitions.Environment.inputs[name] : undefined;
  return isSecret ? { ...(field ?? ({} as Field)), secret: true } : field;
}

/** A name and a type differ by nature; a clone into `production` answers both, as the platform names what it made. */
function defaultAnswer({ project, production: { stack } }: Step, pair: Pair): string | undefined {
  const { namespace, name } = splitKey(keyOf(pair), project);
  if (namespace !== project || isSecure(pair.value)) return undefined;
  return name === "type" ? "production" : name === "name" ? `${stack[0]!.toUpperCase()}${stack.slice(1)}` : undefined;
}
