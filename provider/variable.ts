/** The environment variable of a setting: `GOLIVE_API_KEY` for `apiKey`. */
export const variableOf = (setting: string): string =>
  `GOLIVE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
