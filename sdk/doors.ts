import * as pulumi from "@pulumi/pulumi";

/**
 * How the engine reaches golive. `dynamic` needs nothing but npm; `plugin` is a provider of its own, found on PATH or under
 * `plugins` in Pulumi.yaml, with imports and detailed diffs.
 */
export type Door = "dynamic" | "plugin";

/** The package that each door's types and providers belong to. */
export const packages: Readonly<Record<Door, string>> = { dynamic: "pulumi-nodejs", plugin: "golive" };
const doors = Object.keys(packages) as Door[];

/** A resource's type behind a door. The names are in state: they stay for ever. */
export const tokenOf = (door: Door, type: string): string =>
  door === "plugin" ? `golive:index:${type}` : `pulumi-nodejs:dynamic/golive:${type}`;

/** The type of the same resource behind the other door: an alias, so that a stack changes doors without replacing anything. */
export const otherDoor = (door: Door): Door => (door === "plugin" ? "dynamic" : "plugin");

/** What the stack's config says, `golive:door`. @throws when it names no door. */
export function configuredDoor(): Door {
  const written = new pulumi.Config("golive").get("door") ?? "dynamic";
  const door = doors.find((one) => one === written.trim());
  if (door) return door;
  throw new pulumi.RunError(`golive:door is "${written}": use ${doors.join(" or ")}.`);
}

/** The package of a provider, which the SDK's types keep to themselves. */
const packageOf = (provider: pulumi.ProviderResource | undefined): string | undefined =>
  (provider as unknown as { getPackage(): string } | undefined)?.getPackage();

/** The door of a resource: that of the provider it is given, itself or through a parent, else the stack's. */
export function doorOf({ provider, parent }: pulumi.CustomResourceOptions): Door {
  const inherited = (door: Door) => parent?.getProvider(`${packages[door]}:index:Any`) !== undefined;
  return doors.find((door) => packageOf(provider) === packages[door]) ?? doors.find(inherited) ?? configuredDoor();
}
