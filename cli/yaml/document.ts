// YAML as Pulumi reads it, which is YAML as Go reads it.
import {
  Document,
  isScalar,
  type Node,
  parseAllDocuments,
  type ParseOptions,
  Schema,
  type SchemaOptions,
  type DocumentOptions,
} from "yaml";
import { isWhole, scalars } from "./scalars";

const textOf = (node: unknown): unknown => (isScalar(node) ? (node.source ?? node.value) : node);

const options: ParseOptions & DocumentOptions & SchemaOptions = {
  // made once: every value that is written is a document of its own
  schema: new Schema({ schema: "failsafe", customTags: (tags) => [...tags, ...scalars] }),
  // Go holds the written keys against each other: `1` and `01` are two
  uniqueKeys: (a, b) => textOf(a) === textOf(b),
  logLevel: "silent",
};

/** The first document of a text, as Go reads no more; its `errors` say what is wrong with it. */
export function parseYaml(text: string): Document {
  const all = parseAllDocuments(text, options);
  return (Array.isArray(all) ? all[0] : undefined) ?? new Document(null, options);
}

/** A document of a value, whose texts are quoted where Go would take them for something else. */
export const documentOf = (value: unknown): Document => new Document(value, options);
export const nodeOf = (value: unknown): Node => documentOf(value).contents as unknown as Node;

/** Text of a key as the engine has it: `0644` is `420`, a date is a time, and what has no value is `<nil>`. */
export function keyText(key: unknown): string {
  const value: unknown = isScalar(key) ? key.value : key;
  if (value === null || value === undefined) return "<nil>";
  if (typeof value !== "number") return String(value);
  return isScalar(key) && isWhole(key.source ?? "") ? String(value) : goFloat(value);
}

/** Go's shortest form of a number, with an exponent from a million on. */
function goFloat(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (!Number.isFinite(value) || (power >= -4 && power < 6)) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
