// `npm run soak`: the long campaigns. 2,000 random histories, then 20 kills each of the CLI, the plugin and the rehearsal, and
// 100,000 addresses read twice, 300 generated stack files and 1,000 clones against the engine's reading; what the environment says
// instead: GOLIVE_MODEL_RUNS, GOLIVE_MODEL_SEED, GOLIVE_KILL_ROUNDS, GOLIVE_URIS, GOLIVE_YAML_FILES, GOLIVE_CLONE_FILES, GOLIVE_YAML_SEED.
import { isMain, run, runMain } from "./engine/process.mjs";
import { engineEnv, root, setup } from "./setup.mjs";

const campaigns = {
  GOLIVE_MODEL_RUNS: "2000",
  GOLIVE_KILL_ROUNDS: "20",
  GOLIVE_URIS: "100000",
  GOLIVE_YAML_FILES: "300",
  GOLIVE_CLONE_FILES: "1000",
};

if (isMain(import.meta.url)) {
  await runMain(async (signal) => {
    const bin = await setup({ signal });
    const env = { ...campaigns, ...engineEnv(bin) };
    const vitest = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "test/model",
      "test/chaos",
      "test/rules",
      "test/cli/reading.test.ts",
      "test/cli/clone-corpus.test.ts",
    ];
    const { code } = await run(process.execPath, [...vitest, ...process.argv.slice(2)], {
      cwd: root,
      env,
      signal,
      inherit: true,
    });
    return code;
  });
}
