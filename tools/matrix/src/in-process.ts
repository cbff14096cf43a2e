import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '@softmax/conformance';
import type { Column } from './backends.ts';
import { type Cell, cellOf, faulty } from './cell.ts';
import type { Row } from './runtimes.ts';

const cli = createRequire(import.meta.url).resolve('@softmax/cli/package.json');
const MAIN = join(dirname(cli), 'dist', 'main.js');
/** Milliseconds that end what hangs. */
const LIMIT = 60 * 60_000;

/** `softmax check` in a process of its own for each cell: one that crashes takes no other with it. */
export function inProcess(
  { runtime, command }: Row,
  { backend, module }: Pick<Column, 'backend' | 'module'>,
  args: readonly string[],
): Cell {
  const place = { runtime, backend };
  const named = module ? ['--backend', fileURLToPath(new URL(module, import.meta.url))] : [backend];
  const [file, ...rest] = command();
  const { stdout, stderr, status, signal, error } = spawnSync(
    file,
    [...rest, MAIN, 'check', ...named, ...args, '--json', '-'],
    { encoding: 'utf8', timeout: LIMIT, maxBuffer: 2 ** 30, env: { ...process.env, NO_COLOR: '1' } },
  );
  // 1 is a check that failed, and comes with a report.
  if (status === 0 || status === 1)
    try {
      return cellOf(place, JSON.parse(stdout) as Report);
    } catch (cause) {
      return faulty(place, `no report: ${String(cause)}; ${lastOf(stderr)}`);
    }
  return faulty(place, `${error?.message ?? signal ?? `exit code ${status}`}: ${lastOf(stderr)}`);
}

const lastOf = (text: string): string => text.trim().split('\n').slice(-3).join(' ').slice(0, 400);
