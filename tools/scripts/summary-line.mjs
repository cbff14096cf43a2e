/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} Counts
 */

/**
 * The line that ends a run of the tests.
 * @param {Counts | undefined} report vitest's own, none when it crashed
 * @param {number} status the exit code of the run
 * @param {number} [leftOut] files of tests that this machine cannot run, each counted as one skipped test
 */
export function summaryLine(report, status, leftOut = 0) {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0) + leftOut;
  // A file that does not load, or an unhandled rejection, fails the run without failing a test.
  const failures = status === 0 ? failed : Math.max(failed, 1);
  return `${passed} passed, ${failures} failed, ${skipped} skipped`;
}
