import { definitions, type Field } from "@golive/provider";
import { providerConfig } from "@golive/provider/provider-config";
import { environmentKeys, type Section, sections } from "@golive/provider/stage";
import { Document, isMap, type Node, type Pair, parse, type YAMLMap } from "yaml";
import { SECRET } from "../environment/view";
import { isCommentedOut } from "../project/comments";
import { splitKey, keyOf } from "../project/stack-config";
import { crossField } from "./crossing";
import { crossNewSection, mergeSection } from "./entries";
import { missingSecrets, secretLine } from "./secrets";
import { type Filled, kept, pairLike, passageOf, type Step } from "./step";
import { isOfOne } from "./suggest";

export const isSection = (name: string): name is Section => Object.hasOwn(sections, name);
const isEnvironmentKey = (name: string): name is (typeof environmentKeys)[number] =>
  environmentKeys.some((key) => key === name);
const settings: Readonly<Record<string, Field>> = providerConfig;

/** One key of staging's config, where production has it or does not. */
export function crossKey(step: Step, pair: Filled, there: Pair | undefined, after: string | undefined): void {
  const key = keyOf(pair);
  const { namespace, name } = splitKey(key, step.project);
  if (namespace !== step.project && namespace !== "golive") {
    step.lines.push({ path: key, action: "foreign", reason: "not golive's: left alone" });
    return;
  }
  const own = namespace === step.project;
  const label = own ? name : key;
  const section = own && isSection(name) && isMap(pair.value) ? name : undefined;
  const field = own ? (isEnvironmentKey(name) ? definitions.Environment.inputs[name] : undefined) : settings[name];
  if (there) {
    if (section && isMap(there.value)) mergeSection(step, section, key, pair.value as YAMLMap, there.value);
    else {
      const answer = own && isEnvironmentKey(name) ? defaultAnswer(step, name) : undefined;
      const [from, to] = field?.secret ? [SECRET, SECRET] : [pair.value, there.value];
      step.lines.push(kept(label, from, to, answer ?? from));
      for (const path of missingSecrets(pair.value, there.value))
        step.lines.push(secretLine(key, path, step.production.stack, label));
    }
    return;
  }
  if (isCommentedOut(step.production.config, key)) {
    const { lines } = crossField(field, pair.value, [], label, passageOf(step, key));
    const secrets = lines.filter(({ action }) => action === "secret");
    step.lines.push(...secrets);
    if (secrets.length === 0)
      step.lines.push({ path: label, action: "kept", reason: "production has it as a comment" });
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
  const given = field?.secret ? undefined : step.answers.get(label);
  const answer = given ?? (own && isEnvironmentKey(name) ? defaultAnswer(step, name) : undefined);
  if (answer !== undefined) {
    // a name is a text, also one of digits
    const to: unknown = name === "name" || name === "type" ? answer : parse(answer);
    step.lines.push({
      path: label,
      action: "changed",
      reason:
        given !== undefined
          ? "--set"
          : `${name === "type" ? "clone writes a production" : `of stack ${step.production.stack}`}; --set ${label}=… for another`,
      from: (pair.value as Node).toJSON() as unknown,
      to,
    });
    step.edit.addPair(step.production.config, pairLike(pair, new Document().createNode(to) as Node), after);
    return;
  }
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
