import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, type Outcome, run } from './command.ts';
import type { Packed } from './pack.ts';

const home = fileURLToPath(new URL('../consumers/', import.meta.url));

/** A project that uses the packages as people do: a folder of `consumers/`, installed elsewhere, then run. */
export interface Consumer {
  readonly name: string;
  readonly manifest: Manifest;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  /** What is installed from its tarball, by which tool, and the Node versions that run `test.mjs`. */
  readonly consumer: {
    readonly installs: readonly string[];
    readonly with: 'npm' | 'pnpm';
    readonly nodes: readonly number[];
    /** Another consumer, whose files it has beside its own. */
    readonly takes?: string;
  };
}

export const consumers = (): Consumer[] =>
  globSync('*/package.json', { cwd: home })
    .map((file) => join(home, file))
    .map((file) => ({
      name: basename(join(file, '..')),
      manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));

/**
 * Copies a consumer into an empty folder and installs it. What it asks for comes from the tarballs, and so does what
 * these need of ours: the versions that they name are not in any registry yet.
 */
export function settle({ name, manifest }: Consumer, folder: string, packed: Packed): string {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const { installs, with: tool, takes } = manifest.consumer;
  if (takes !== undefined) cpSync(join(home, takes), cwd, { recursive: true });
  cpSync(join(home, name), cwd, { recursive: true });
  const wanted = Object.fromEntries(installs.map((one) => [one, packed.tarball(one)]));
  const dependencies = { ...manifest.dependencies, ...wanted };
  const overrides = packed.all();
  const npmOverrides = Object.fromEntries(
    Object.entries(overrides).filter(([one]) => !Object.hasOwn(dependencies, one)),
  );
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, ...(tool === 'npm' && { overrides: npmOverrides }) }),
  );
  if (tool === 'npm')
    run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'], { cwd });
  else {
    const workspace = { packages: [], overrides, strictDepBuilds: false };
    writeFileSync(join(cwd, 'pnpm-workspace.yaml'), JSON.stringify(workspace));
    run(['npx', '-y', 'pnpm@12', 'install', '--prefer-offline', '--ignore-scripts'], { cwd });
  }
  return cwd;
}

/** Runs a settled consumer on one Node. */
export function use(cwd: string, node: string): Outcome {
  const path = `${join(node, '..')}:${process.env['PATH'] ?? ''}`;
  const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(join(cwd, 'test.mjs'))) throw new Error(`${cwd} has no test.mjs`);
  return attempt([node, 'test.mjs'], { cwd, env: { PATH: path, CHROMIUM: chromium } });
}
