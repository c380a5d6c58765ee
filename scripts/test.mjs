// `npm test`: sets up, lints, and runs every test; arguments go on to vitest (`npm test -- test/lifecycle`).
// The last line is `N passed, N failed`, with `, N skipped` when there are any.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { expected, run, isMain, runMain } from "./engine/process.mjs";
import { root, setup, testEnv } from "./setup.mjs";

const require = createRequire(import.meta.url);

/** The file of a package's command. */
function commandOf(name) {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(file, "utf8"));
  return path.join(path.dirname(file), typeof bin === "string" ? bin : (bin[name] ?? bin["tsc"]));
}

async function lint(signal) {
  for (const [name, args, advice] of [
    // what the build does not compile: the tests
    ["typescript", ["-p", "test", "--noEmit"], "`npx tsc -p test --noEmit` shows the same."],
    ["oxlint", ["--deny-warnings"], "`npm run lint` shows the same."],
    ["oxfmt", ["--check"], "`npm run format` formats them."],
  ]) {
    const { code, output } = await run(process.execPath, [commandOf(name), ...args], { cwd: root, signal });
    if (code !== 0) throw expected(`${output}${name} found what is listed above: ${advice}`);
  }
  process.stderr.write("lint and format: clean\n");
}

/** Counts of vitest's JSON report; a file that could not even be loaded is one failure. */
export function tally({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded, skipped: numPendingTests + numTodoTests };
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

async function vitest(args, { env, signal }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-report-"));
  try {
    const report = path.join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const command = [commandOf("vitest"), "run", ...reporters, ...args];
    const { code } = await run(process.execPath, command, { cwd: root, env, signal, inherit: true });
    let counts;
    try {
      counts = tally(JSON.parse(readFileSync(report, "utf8")));
    } catch {
      throw expected(`vitest ended with code ${code} before it could report; see its message above.`);
    }
    if (code !== 0) {
      const why = counts.failed ? `${counts.failed} failed` : `vitest ended with code ${code} although no test failed`;
      process.stderr.write(`The tests did not pass: ${why}; see above.\n`);
    }
    process.stdout.write(`${closingLine(counts)}\n`);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) {
  await runMain(async (signal) => {
    const bin = await setup({ signal });
    await lint(signal);
    return await vitest(process.argv.slice(2), { env: await testEnv(bin, { signal }), signal });
  });
}
