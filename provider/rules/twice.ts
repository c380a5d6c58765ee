import { type Failure, isUnknown } from "../define";

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
