import { definitions, type Kind } from "@golive/provider";
import { type Bag, UNKNOWN } from "@golive/provider/define";

/** A string among the inputs, with its path. */
export interface Text {
  readonly path: string;
  readonly value: string;
}

/** A value; what only the deploy knows, of which Pulumi's policies throw at the touch, as golive's own mark for that. */
function touch(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return UNKNOWN;
  }
}

/** A copy in which every value can be read. */
export function readable(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Array.from(value.keys(), (i) => readable(touch(() => value[i])));
  const entries = Object.keys(value).map((key) => [key, readable(touch(() => Reflect.get(value, key)))] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

/** golive's kind of an engine's resource type; of other providers' resources none. */
export function kindOf(type: string): Kind | undefined {
  const kind = /^pulumi-nodejs:dynamic\/golive:(\w+)$/.exec(type)?.[1];
  return kind !== undefined && Object.hasOwn(definitions, kind) ? (kind as Kind) : undefined;
}

/** Every string in a value, with its path. */
const textsIn = (value: unknown, path: string): Text[] => {
  if (typeof value === "string") return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((part, i) => textsIn(part, `${path}[${i}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, `${path}.${key}`));
};

/** The URLs among the inputs: by their definitions, a host that crosses to production is mapped. */
export const urlsIn = (kind: Kind, inputs: Bag): Text[] =>
  Object.entries(definitions[kind].inputs)
    .filter(([, field]) => field.crossing === "transform")
    .flatMap(([name]) => textsIn(inputs[name], name));

/** Whether it belongs to production, as far as is known. */
export const isProduction = (kind: Kind, inputs: Bag): boolean =>
  inputs[kind === "Environment" ? "type" : "environmentType"] === "production";
