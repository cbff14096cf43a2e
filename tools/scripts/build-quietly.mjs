// What a build says is of interest only when it fails.
import { spawnSync } from 'node:child_process';

const { status, error, stdout, stderr } = spawnSync('pnpm', ['run', 'build'], { encoding: 'utf8' });
if (status !== 0) console.error(stdout, stderr, error ?? '');
process.exitCode = status ?? 1;
