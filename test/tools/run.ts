/**
 * Whether the tests of something can run on this computer. Where they cannot, it is printed why, and vitest counts them as
 * skipped: the last line of `npm test` says how many. Nothing else may skip a test (test/structure/skipped.test.ts).
 */
export function canRun(what: string, reason: string | undefined): boolean {
  if (reason !== undefined) process.stdout.write(`not run: ${what}: ${reason}\n`);
  return reason === undefined;
}
