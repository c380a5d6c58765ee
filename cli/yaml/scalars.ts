// What Go's YAML, and so the engine, takes an unquoted scalar for. One table reads and writes: what one of these patterns
// matches is read as what Go reads, and a text that one of them matches is written in quotes.
import { Buffer } from "node:buffer";
import { Scalar, type ScalarTag } from "yaml";
import { Time, timeOf, timePattern } from "./time";

const least = -(2n ** 63n);
const beyond = 2n ** 64n;

/** Digits after Go's prefixes: `0x1F`, `0b1`, `0o17`, and `017`, which is octal too. `undefined` where Go takes none. */
function wholeOf(source: string): bigint | undefined {
  const [, sign = "", digits = ""] = /^([+-]?)(.*)$/.exec(source.replaceAll("_", ""))!;
  const octal = /^0o?([0-7]+)$/i.exec(digits)?.[1];
  const text = octal === undefined ? digits : `0o${octal}`;
  if (!/^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|0|[1-9][0-9]*)$/i.test(text)) return undefined;
  const value = sign === "-" ? -BigInt(text) : BigInt(text);
  return value < least || value >= beyond ? undefined : value;
}

/** Whether an unquoted scalar is a whole number: a float may have the same value, and another text as a key. */
export const isWhole = (source: string): boolean => wholeOf(source) !== undefined;

const floatPattern = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** A number as Go reads it; a text where it is too large to be one. */
export function numberOf(source: string): bigint | number | string {
  const whole = /^[-+0-9]/.test(source) ? wholeOf(source) : undefined;
  if (whole !== undefined) return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  const plain = source.startsWith(".") ? source : source.replaceAll("_", "");
  const value = floatPattern.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : source;
}

const infinite: Readonly<Record<string, number>> = {
  ".nan": NaN,
  ".inf": Infinity,
  "+.inf": Infinity,
  "-.inf": -Infinity,
};
/** As it was written, as long as nobody gave it another value. */
const asWritten = (node: Scalar, fresh: (value: unknown) => string): string => node.source ?? fresh(node.value);

const scalar = (tag: string, test: RegExp, rest: Pick<ScalarTag, "identify" | "resolve">): ScalarTag => ({
  tag: `tag:yaml.org,2002:${tag}`,
  default: true,
  test,
  ...rest,
  stringify: (node) => asWritten(node as Scalar, String),
});

export const scalars: readonly ScalarTag[] = [
  {
    ...scalar("null", /^(?:~|null|Null|NULL)?$/, {
      identify: (value) => value === null || value === undefined,
      resolve: () => new Scalar(null),
    }),
    createNode: () => new Scalar(null),
    stringify: (node) => asWritten(node as Scalar, () => "null"),
  },
  scalar("bool", /^(?:true|True|TRUE|false|False|FALSE)$/, {
    identify: (value) => typeof value === "boolean",
    resolve: (source) => source.toLowerCase() === "true",
  }),
  scalar("timestamp", timePattern, {
    identify: (value) => value instanceof Time,
    // what only looks like a date is a text
    resolve: (source) => timeOf(source) ?? source,
  }),
  scalar("int", /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)$/, {
    identify: (value) => typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value)),
    resolve: numberOf,
  }),
  scalar("float", /^(?:[-+]?\.[0-9_]+|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9_]+)?$/, {
    identify: (value) => typeof value === "number" && Number.isFinite(value),
    resolve: numberOf,
  }),
  scalar("float", /^(?:\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF))$/, {
    identify: (value) => typeof value === "number",
    resolve: (source) => infinite[source.toLowerCase()],
  }),
  {
    tag: "tag:yaml.org,2002:merge",
    default: "key",
    test: /^<<$/,
    // a text like it is none
    identify: (value) => typeof value === "symbol" && value.description === "<<",
    resolve: () => new Scalar(Symbol("<<")),
    stringify: () => "<<",
  },
  {
    tag: "tag:yaml.org,2002:binary",
    resolve: (source) => Buffer.from(source, "base64").toString("utf8"),
    stringify: (node) => `"${String((node as Scalar).source)}"`,
  },
];
