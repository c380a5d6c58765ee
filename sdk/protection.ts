import * as pulumi from "@pulumi/pulumi";
import type { Shape } from "./shapes";

type Bag = Readonly<Record<string, unknown>>;

/** What the program wrote for each resource. The engine asks for protection before any output is known. */
const writtenFor = new WeakMap<pulumi.Resource, Bag>();
export const remember = (resource: pulumi.Resource, written: Bag): void => void writtenFor.set(resource, written);

/** An input as written: its own, or that of the resource which it is filled in from. */
function writtenInput({ from }: Shape, written: Bag, name: string): unknown {
  const [source = "", property = ""] = from[name] ?? [];
  const resource = written[source];
  return written[name] ?? (pulumi.Resource.isInstance(resource) ? writtenFor.get(resource)?.[property] : undefined);
}

/** Deletion protection is the engine's own too, so that a preview names what it would refuse. On in production by default. */
export function isProtected(shape: Shape, written: Bag): boolean {
  if (shape.protects === undefined) return false;
  const type = writtenInput(shape, written, "environmentType") ?? written["type"];
  return (writtenInput(shape, written, shape.protects) ?? type === "production") === true;
}
