// `npm run rehearse`: plays a whole go-live on this computer, against the rehearsal: the shared stack, staging, then
// production, on the real engine. Everything it makes lies in .golive/; remove that folder to begin again.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { withLock } from "./engine/lock.mjs";
import { isMain, runMain } from "./engine/process.mjs";
import { setUpBilling } from "./rehearse/billing.mjs";
import { deploy, pulumiEnv } from "./rehearse/stack.mjs";
import { engineEnv, root, setup } from "./setup.mjs";

const require = createRequire(import.meta.url);
const home = path.join(root, ".golive");
const example = path.join(root, "examples/go-live");
const stacks = [
  { name: "shared", project: "go-live-shared", cwd: path.join(example, "shared") },
  { name: "staging", project: "go-live", cwd: root },
  { name: "production", project: "go-live", cwd: root },
].map((stack) => ({
  ...stack,
  config: path.join(stack.name === "shared" ? stack.cwd : example, `Pulumi.${stack.name}.yaml`),
}));

if (isMain(import.meta.url)) {
  await runMain(async (signal) => {
    const engine = await setup({ signal });
    mkdirSync(home, { recursive: true });
    await withLock(
      path.join(home, "lock"),
      async () => {
        // installed and built only now
        const { createRehearsal } = require("@golive/rehearsal");
        const { sideBySide } = await import("./rehearse/table.mjs");
        const rehearsal = await createRehearsal({ port: 0, file: path.join(home, "rehearsal.db") });
        try {
          await setUpBilling(rehearsal);
          process.stdout.write(
            `rehearsal at ${rehearsal.url}; billing is set up, which a person does in the dashboard\n`,
          );
          const env = pulumiEnv(engineEnv(engine), home, rehearsal);
          const deployed = [];
          for (const stack of stacks) deployed.push(await deploy(stack, { env, home, signal }));
          const [, staging, production] = deployed.map(({ resources }) => resources);
          const changed = deployed.reduce((sum, stack) => sum + stack.changed, 0);
          process.stdout.write(`${sideBySide(staging, production)}\n`);
          process.stdout.write(changed === 0 ? "nothing changed\n" : `${changed} objects changed\n`);
        } finally {
          await rehearsal.close();
        }
      },
      { signal, onWait: () => process.stderr.write("waiting for another rehearse to end\n") },
    );
  });
}
