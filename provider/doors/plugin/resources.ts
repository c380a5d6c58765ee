import { type Connection } from "../../platforms/platform";
import { type Definition } from "../../define";
import { type Lifecycle, lifecycle } from "../../lifecycle";
import { ConfigError } from "../../errors";
import { nearest } from "../../nearest";
import { definitions, type Kind } from "../../resources";
import { packageName, tokenOf } from "../../token";

export interface Managed {
  readonly kind: Kind;
  readonly definition: Definition;
  readonly life: Lifecycle;
}

const kinds = Object.keys(definitions) as Kind[];

/** The type in a resource's URN: the last one of its chain of parents. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** The resource types of the package by a resource's URN; all of them share one connection. */
export function resourcesOf(connection: () => Connection): (urn: string) => Managed {
  const known = new Map(
    kinds.map((kind): [string, Managed] => [
      tokenOf(kind),
      { kind, definition: definitions[kind], life: lifecycle(kind, connection) },
    ]),
  );
  return (urn) => {
    const token = typeOf(urn);
    const found = known.get(token);
    if (found) return found;
    const close = nearest(token, [...known.keys()]);
    throw new ConfigError(
      `${packageName} has no resource type ${token}`,
      close ? `Did you mean ${close}?` : `It has ${[...known.keys()].join(", ")}.`,
    );
  };
}

/** The types of resources behind this door, in a URN's chain of types. */
const ours = new RegExp(`${packageName}:index:(${kinds.join("|")})(?=$|[$:])`, "g");
/** The owner that a URN means, called alike behind both doors: a stack that changes doors keeps its objects. */
export const ownerOf = (urn: string): string => {
  const [head, project, types = "", ...name] = urn.split("::");
  return [head, project, types.replace(ours, `pulumi-nodejs:dynamic/${packageName}:$1`), ...name].join("::");
};
