import { expect, test } from 'vitest';
import { summaryLine } from '../summary-line.mjs';

const counts = (passed: number, failed: number, pending: number, todo: number) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
});

test('a green run is counted as it is', () => {
  expect(summaryLine(counts(12, 0, 2, 1), 0)).toBe('12 passed, 0 failed, 3 skipped');
});

test('failed tests are not lost', () => {
  expect(summaryLine(counts(12, 4, 0, 0), 1)).toBe('12 passed, 4 failed, 0 skipped');
});

test('a file that does not load does not look like a pass', () => {
  expect(summaryLine(counts(12, 0, 0, 0), 1)).toBe('12 passed, 1 failed, 0 skipped');
});

test('a crash without a report does not look like a pass', () => {
  expect(summaryLine(undefined, 139)).toBe('0 passed, 1 failed, 0 skipped');
});

test('files that this machine cannot run count as skipped', () => {
  expect(summaryLine(counts(12, 0, 1, 0), 0, 7)).toBe('12 passed, 0 failed, 8 skipped');
});
