import { type Bag, type Failure, isUnknown } from "../../define";
import type { Kind } from "../../resources";
import type { Capability, Config, PlatformModule } from "../platform";

/** Which of a kind's capabilities these inputs are about; `undefined` while that is not known until `up`. */
function capabilityOf(capabilities: readonly Capability[], inputs: Bag): Capability | undefined {
  for (const capability of capabilities) {
    const conditions = Object.entries(capability.when ?? {});
    if (conditions.some(([name]) => isUnknown(inputs[name]))) return undefined;
    if (conditions.every(([name, values]) => values.includes(inputs[name]))) return capability;
  }
  return undefined;
}

/** Which credentials are missing to manage this, if any are; or why the platform has none of its kind. */
export function lacking(
  { title, access, capabilities }: Pick<PlatformModule, "title" | "access" | "capabilities">,
  { credentials, rehearsal }: Pick<Config, "credentials" | "rehearsal">,
  kind: Kind,
  inputs: Bag,
): Failure[] {
  const all = capabilities[kind];
  if (typeof all === "string") return [{ property: "provider", reason: `${title} has no ${kind}: ${all}` }];
  const capability = capabilityOf(all, inputs);
  if (!capability) return [];
  const has = (need: string): boolean => (need === "rehearsal" ? rehearsal : credentials[need] !== undefined);
  const ways = capability.ways.map((needs) => needs.filter((need) => !has(need)));
  if (ways.some((missing) => missing.length === 0)) return [];
  // nobody turns a real account into a rehearsal to get on, and nobody needs more than the shortest way there
  const open = ways.filter((missing) => !missing.includes("rehearsal"));
  const shortest = open.filter((missing) => missing.length === Math.min(...open.map(({ length }) => length)));
  const words = shortest.map((missing) =>
    [...new Set(missing.map((need) => access.credentials[need]!.give))].join("; and "),
  );
  const hints = Object.entries(capability.hints ?? {}).flatMap(([name, hint]) => (has(name) ? [`; ${hint}`] : []));
  const needs = words.length > 0 ? `needs ${words.join("; or ")}` : "can be managed in the rehearsal alone";
  return [{ property: "provider", reason: `${capability.subject ?? kind} ${needs}${hints.join("")}` }];
}
