// `npm run soak`: the long campaigns. 2,000 random histories, then 20 kills each of the CLI, the plugin and the rehearsal, and
// 100,000 addresses read twice; or what the environment says: GOLIVE_MODEL_RUNS, GOLIVE_MODEL_SEED, GOLIVE_KILL_ROUNDS, GOLIVE_URIS.
import { isMain, run, runMain } from "./engine/process.mjs";
import { engineEnv, root, setup } from "./setup.mjs";

const campaigns = {
  GOLIVE_MODEL_RUNS: "2000",
  GOLIVE_KILL_ROUNDS: "20",
  GOLIVE_URIS: "100000",
};

if (isMain(import.meta.url)) {
  await runMain(async (signal) => {
    const bin = await setup({ signal });
    const env = { ...campaigns, ...engineEnv(bin) };
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "test/model", "test/chaos", "test/rules"];
    const { code } = await run(process.execPath, [...vitest, ...process.argv.slice(2)], {
      cwd: root,
      env,
      signal,
      inherit: true,
    });
    return code;
  });
}
