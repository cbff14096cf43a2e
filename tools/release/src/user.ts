import { mkdirSync, writeFileSync } from 'node:fs';
import { run } from './command.ts';
import type { Registry } from './registry.ts';

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'] as const;

/** An empty project into which somebody installs packages by name. */
export function install(cwd: string, registry: Registry, names: readonly string[]): void {
  mkdirSync(cwd, { recursive: true });
  writeFileSync(`${cwd}/package.json`, '{ "name": "user", "private": true, "type": "module" }\n');
  writeFileSync(`${cwd}/.npmrc`, registry.npmrc);
  run(['npm', 'install', ...QUIET, ...names], { cwd });
}

export function upgrade(cwd: string, names: readonly string[]): void {
  run(['npm', 'install', ...QUIET, ...names.map((name) => `${name}@latest`)], { cwd });
}

const USE = `
import { readFileSync } from 'node:fs';
import { softmax } from '@softmax/core';
const versions = process.argv.slice(1).map((name) => {
  const file = new URL(import.meta.resolve(name + '/package.json'));
  return JSON.parse(readFileSync(file, 'utf8')).version;
});
console.log(JSON.stringify({ versions: [...new Set(versions)], p: softmax([1000, 1001, 1002]).toArray() }));
`;

/** e^{−2}, e^{−1}, 1 over their sum, to the last bit: mpmath at 50 digits. */
const P = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218];

/** Every package is there at the version, the operations give what they should, the command runs. */
export function expectUse(cwd: string, names: readonly string[], version: string): void {
  const used = run([process.execPath, '--input-type=module', '--eval', USE, ...names], { cwd }).trim();
  const wanted = JSON.stringify({ versions: [version], p: P });
  if (used !== wanted) throw new Error(`got ${used}, wanted ${wanted}`);
  run(['npx', '--no-install', 'softmax', 'check', 'cpu', '--quick'], { cwd });
}
