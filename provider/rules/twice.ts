import { type Failure, isUnknown } from "../define";

/** A list of objects of which each has a name of its own. */
export const onceNamed =
  (field: string, part: string, alike: (name: string) => string = (name) => name) =>
  (draft: Readonly<Record<string, unknown>>): Failure[] => {
    const list = draft[field];
    if (!Array.isArray(list) || isUnknown(list)) return [];
    const names = list.map((member: Record<string, unknown>) => alike(String(member[part])));
    return names.flatMap((name, i) =>
      names.indexOf(name) < i ? [{ property: `${field}[${i}].${part}`, reason: "is listed twice: remove one" }] : [],
    );
  };

/** A list whose order has a meaning holds nothing twice: which place counts, nobody can tell. */
export const onceEach =
  (field: string) =>
  (draft: Readonly<Record<string, unknown>>): Failure[] => {
    const list = draft[field];
    return !Array.isArray(list) || isUnknown(list)
      ? []
      : list.flatMap((member, i) =>
          list.indexOf(member) < i ? [{ property: `${field}[${i}]`, reason: "is listed twice: remove one" }] : [],
        );
  };
