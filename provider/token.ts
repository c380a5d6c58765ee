/** Of the Pulumi package. */
export const packageName = "golive";
/** The name of a type or function in the package, e.g. `golive:index:Project`. */
export const tokenOf = (name: string): string => `${packageName}:index:${name}`;
