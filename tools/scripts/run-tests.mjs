// Builds, runs every test, and ends on one plain line that a machine can read.
// JavaScript, since it must also run on a Node that cannot strip types.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { summaryLine } from './summary-line.mjs';

const REPORT = 'test-results.json';

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) console.error(String(error));
  return status ?? 1;
}

// A report left by an earlier run would speak for one that crashes.
rmSync(REPORT, { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
const status = run('pnpm', 'run', 'build') || run('vitest', 'run', ...reporters, ...process.argv.slice(2));
const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined;
console.log(summaryLine(report, status));
process.exitCode = status;
