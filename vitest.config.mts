import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const unbuilt = ["provider", "sdk", "rehearsal", "cli"].filter((name) => !existsSync(`${root}${name}/dist/index.js`));
if (unbuilt.length > 0) {
  throw new Error(`The tests run the built packages: \`npm run build\` first (missing: ${unbuilt.join(", ")}).`);
}

export default defineConfig({
  test: {
    // built code is loaded as Node.js loads it, once: else an error of one copy is no instance of the other's class
    server: { deps: { external: [/\/(provider|sdk|rehearsal|cli)\/dist\//] } },
    include: ["test/**/*.test.ts"],
    pool: "forks",
    // A test of the engine waits for other processes most of the time, so two at once pay off even on two cores.
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
