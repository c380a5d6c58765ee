/** `urn:pulumi:dev::shop::golive:index:Stage$pulumi-nodejs:dynamic/golive:ApiKey::backend` as kind and name. */
export function partsOf(urn: string): { kind: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { kind: types.split("$").at(-1)!.split(":").at(-1)!, name: name.join("::") };
}
