import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.ts';

/** The runtimes of the matrix: one place to say which Nodes there are. */
const home = fileURLToPath(new URL('../../matrix/runtimes/', import.meta.url));

/** The binary of a Node version; those that are not the one running here are installed on first use. */
export function nodeOf(major: number): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  if (!existsSync(join(home, 'node_modules')))
    run(['npx', '-y', 'pnpm@12', 'install', '--frozen-lockfile'], { cwd: home });
  const binary = join(home, `node_modules/node-${major}/bin/node`);
  if (!existsSync(binary)) throw new Error(`no Node ${major} among the runtimes of apps/matrix`);
  return binary;
}
