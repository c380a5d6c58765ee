// Compiles every workspace, then writes what the SDK must know of the definitions at run time: `npm run build`.
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const { status } = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-b"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

const { definitions } = require("../provider/dist/resources/index.js");
const names = (fields, keep) => Object.keys(fields).filter((name) => keep(fields[name]));
const shapes = Object.fromEntries(
  Object.entries(definitions).map(([type, { inputs, outputs }]) => [
    type,
    {
      properties: Object.keys({ ...inputs, ...outputs }),
      secrets: names({ ...inputs, ...outputs }, (field) => field.secret),
      refs: names(inputs, (field) => field.ref),
      from: Object.fromEntries(names(inputs, (field) => field.from).map((name) => [name, inputs[name].from])),
      protects: names(inputs, (field) => field.protects)[0],
    },
  ]),
);
const { providerConfig } = require("../provider/dist/provider-config.js");
shapes.Provider = { settings: Object.keys(providerConfig), secrets: names(providerConfig, (field) => field.secret) };
const { sections, environmentKeys, checklistKeys } = require("../provider/dist/stage.js");
shapes.Stage = { sections, environmentKeys, checklistKeys };
writeFileSync(new URL("../sdk/dist/shapes.json", import.meta.url), `${JSON.stringify(shapes, undefined, 2)}\n`);

// what the plugin answers when the engine asks for the package's schema
copyFileSync(new URL("../schema.json", import.meta.url), new URL("../provider/dist/schema.json", import.meta.url));
