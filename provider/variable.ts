/** The environment variable of a setting: `GOLIVE_SOME_NAME` for `someName`. */
export const variableOf = (setting: string): string =>
  `GOLIVE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
