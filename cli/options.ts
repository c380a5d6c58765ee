/** Gathers an option that may be repeated; absent when it never was. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Where several environments of the account have one name. */
export const projectOption = [
  "--project <name>",
  "project of the account, where several have an environment of that name",
] as const;
