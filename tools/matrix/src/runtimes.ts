import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './backends.ts';

export interface Row {
  readonly runtime: string;
  readonly kind: Kind;
  /** What runs a module in it; not there for a page. */
  readonly command: () => readonly [string, ...string[]];
}

const home = fileURLToPath(new URL('../runtimes/', import.meta.url));

const installed = (name: string, ...parts: readonly string[]): string => {
  if (!existsSync(join(home, 'node_modules/.modules.yaml'))) {
    console.error('Installing the runtimes (once, half a minute)…');
    execFileSync('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile'], {
      cwd: home,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const binary = join(home, 'node_modules', name, ...parts);
  if (existsSync(binary)) return binary;
  throw new Error(`${name} is not among tools/matrix/runtimes/package.json, or its script did not run`);
};

const node = (major: number): Row => ({
  runtime: `node${major}`,
  kind: 'process',
  command: () =>
    process.versions.node.startsWith(`${major}.`)
      ? [process.execPath]
      : [installed(`node-${major}`, 'bin', 'node')],
});

/** The rows of the matrix. Deno shall read the workspace's own node_modules, and may do what Node may. */
export const RUNTIMES: readonly Row[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  { runtime: 'bun', kind: 'process', command: () => [installed('.bin', 'bun')] },
  {
    runtime: 'deno',
    kind: 'process',
    command: () => [installed('.bin', 'deno'), 'run', '--allow-all', '--node-modules-dir=manual'],
  },
  {
    runtime: 'chromium',
    kind: 'page',
    command: () => {
      throw new Error('a page is no command');
    },
  },
];
