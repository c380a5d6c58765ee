// eslint-disable-next-line typescript/no-require-imports -- JSON beside the compiled folder, unknown to the compiler
export const { version } = require("../package.json") as { version: string };
