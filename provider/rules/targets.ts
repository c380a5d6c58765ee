import { type Failure, isUnknown } from "../define";

interface Draft {
  readonly access?: string | undefined;
  readonly organizations?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
}

/** Targets count while access is `some`; naming them beside `none` or `all` is a mistake worth a word. */
export const targetRules = ({ access, organizations, users }: Draft): Failure[] => {
  if (access === undefined || access === "some" || isUnknown(access)) return [];
  return Object.entries({ organizations, users }).flatMap(([property, list]) =>
    Array.isArray(list) && list.length > 0
      ? [{ property, reason: `is read only while \`access\` is "some", and it is "${access}": change one of the two` }]
      : [],
  );
};
