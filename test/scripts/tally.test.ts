import { describe, expect, it } from "vitest";
import { closingLine, tally } from "../../scripts/test.mjs";

const report = (counts: object, testResults: object[] = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...counts,
});

describe("the closing line of npm test", () => {
  it.each([
    ["all pass", report({ numPassedTests: 3 }), "3 passed, 0 failed"],
    ["some fail", report({ numPassedTests: 3, numFailedTests: 2 }), "3 passed, 2 failed"],
    [
      "some skipped",
      report({ numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 }),
      "3 passed, 0 failed, 2 skipped",
    ],
    [
      "a file that does not load is a failure",
      report({ numPassedTests: 1 }, [{ status: "failed", assertionResults: [] }]),
      "1 passed, 1 failed",
    ],
    [
      "a failed test is not counted twice",
      report({ numFailedTests: 1 }, [{ status: "failed", assertionResults: [{}] }]),
      "0 passed, 1 failed",
    ],
  ])("%s", (_, given, expected) => {
    expect(closingLine(tally(given))).toBe(expected);
  });
});
