// Builds, runs every test, and ends on one plain line that a machine can read.
// JavaScript, since it must also run on a Node that cannot strip types.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { leftOut, leftOutLines } from './left-out.mjs';
import { missingHere } from './probes.mjs';
import { summaryLine } from './summary-line.mjs';

const REPORT = 'test-results.json';

/** @param {NodeJS.ProcessEnv} env @param {string} command @param {string[]} args */
function run(env, command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error) console.error(String(error));
  return status ?? 1;
}

/** The projects that `--project` names; none: all. @param {readonly string[]} args */
const projectsOf = (args) =>
  args.flatMap((arg, k) =>
    arg === '--project' ? args.slice(k + 1, k + 2) : arg.startsWith('--project=') ? [arg.slice(10)] : [],
  );

// A report left by an earlier run would speak for one that crashes.
rmSync(REPORT, { force: true });
const args = process.argv.slice(2);
const projects = projectsOf(args);
const missing = await missingHere();
const absent = leftOut(process.cwd(), missing).filter(
  ({ project }) => projects.length === 0 || projects.includes(project),
);
const isIncomplete = Boolean(process.env['CI']) && absent.length > 0;

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
const env = { ...process.env, SOFTMAX_TESTS_MISSING: JSON.stringify(missing) };
const status = isIncomplete
  ? 1
  : run(process.env, 'pnpm', 'run', 'build') || run(env, 'vitest', 'run', ...reporters, ...args);
const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined;
for (const line of leftOutLines(absent)) console.log(line);
if (isIncomplete) console.log('CI is set, where every test must run: this is an error.');
console.log(summaryLine(report, status, absent.length));
process.exitCode = status;
