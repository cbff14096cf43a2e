import { globSync } from 'node:fs';
import { join } from 'node:path';

/** An input made from random numbers in [0, 1), and what must hold for it. */
export interface Target {
  /** Depends on its arguments alone; the first indices may stand for inputs that once failed. */
  make(random: () => number, index: number): unknown;
  /** Rejects or throws where the behaviour is wrong. A refusal that is documented counts as right. */
  run(input: never): unknown;
}

/** The default export of each `fuzz/*.fuzz.ts` of a package or an app. */
export type Targets = { readonly [name: string]: Target };

export interface Entry {
  readonly module: string;
  readonly name: string;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Finds the targets of every package and app; adding one edits no list. */
export async function allTargets(root: string = ROOT): Promise<Entry[]> {
  const modules = globSync('{packages,apps}/*/fuzz/*.fuzz.ts', { cwd: root }).toSorted();
  const found = [];
  for (const module of modules) {
    const path = join(root, module);
    for (const name of Object.keys(await targetsOf(path))) found.push({ module: path, name });
  }
  return found;
}

export async function targetsOf(module: string): Promise<Targets> {
  return ((await import(module)) as { default: Targets }).default;
}
