import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { type Bag, isBag, UNKNOWN } from "../../define";

// The engine's marks on the wire, of pulumi/pulumi sdk/go/common/resource/plugin and property_value.go.
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const outputMark = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceMark = "5cf8f73096256a8f31e491e813e4eb8e";
/** A value of each type that is not known until `up`. Ours is the one of text. */
const unknowns = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Where in a bag a value lies, e.g. `["redirectUris", "2", "uri"]`. */
export type Path = readonly string[];
export interface Received {
  readonly bag: Bag;
  /** What came as a secret. */
  readonly secrets: readonly Path[];
}

/** The plain value: secrets and outputs unwrapped, a resource as its id, every unknown as ours. */
function plain(value: unknown, at: Path, secrets: Path[]): unknown {
  if (typeof value === "string") return unknowns.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map((member, i) => plain(member, [...at, String(i)], secrets));
  if (!isBag(value)) return value;
  switch (value[signature]) {
    case secretMark:
      secrets.push(at);
      return plain(value["value"], at, secrets);
    case outputMark:
      if (value["secret"] === true) secrets.push(at);
      return "value" in value ? plain(value["value"], at, secrets) : UNKNOWN;
    case resourceMark:
      return plain(value["id"] ?? UNKNOWN, at, secrets);
    default:
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v, [...at, k], secrets)]));
  }
}

/** What a request holds. */
export function received(struct: Struct | undefined): Received {
  const secrets: Path[] = [];
  const bag = plain(struct?.toJavaScript() ?? {}, [], secrets) as Bag;
  return { bag, secrets };
}

const asSecret = (value: unknown): Bag => ({ [signature]: secretMark, value });

/** The value with its secrets marked, each as deep as the value still goes. */
function marked(value: unknown, secrets: readonly Path[]): unknown {
  if (secrets.some((path) => path.length === 0)) return value === undefined || value === null ? value : asSecret(value);
  if (secrets.length === 0) return value;
  const inside = (key: string) => secrets.filter(([first]) => first === key).map(([, ...rest]) => rest);
  if (Array.isArray(value)) return value.map((member, i) => marked(member, inside(String(i))));
  // it has another shape by now: then all of it is as secret as its part was
  if (!isBag(value)) return asSecret(value);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, marked(v, inside(k))]));
}

/** A bag for an answer. @param secrets What of it is secret. */
export const sent = (bag: Bag, secrets: readonly Path[]): Struct => {
  const told = Object.entries(bag).filter(([, value]) => value !== undefined);
  return Struct.fromJavaScript(marked(Object.fromEntries(told), secrets) as never);
};
