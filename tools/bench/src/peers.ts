import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = fileURLToPath(new URL('../peers/', import.meta.url));
const MANIFEST = `${home}package.json`;

interface Manifest {
  readonly version: string;
  readonly dependencies: { readonly [name: string]: string };
}

const read = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;
const folderOf = (name: string): string => `${home}node_modules/${name}/`;

/** Installs the peers where one is missing; their install scripts, which fetch what no softmax needs, are left out. */
export function installPeers(say: (text: string) => void): void {
  const wanted = Object.entries(read(MANIFEST).dependencies);
  const here = ([name, version]: readonly [string, string]) => {
    try {
      return versionOf(name) === version;
    } catch {
      return false;
    }
  };
  if (wanted.every(here)) return;
  say('Installing the peers (once, a minute)…\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export const versionOf = (name: string): string => read(`${folderOf(name)}package.json`).version;

/** A peer's module, or a file in its package. */
export async function peer<T>(name: string, file?: string): Promise<T> {
  const path = file === undefined ? createRequire(MANIFEST).resolve(name) : `${folderOf(name)}${file}`;
  return (await import(pathToFileURL(path).href)) as T;
}

/** A peer in CommonJS, which advertises on the console when it is loaded: that is kept silent. */
export function silentPeer<T>(name: string): T {
  const { warn, log } = console;
  console.warn = console.log = () => {};
  try {
    return createRequire(MANIFEST)(name) as T;
  } finally {
    Object.assign(console, { warn, log });
  }
}
