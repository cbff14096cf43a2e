import { globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.ts';
import { published } from './source.ts';

/** The tarballs of all published packages, as they would be uploaded. */
export interface Packed {
  /** The specifier that installs one. */
  tarball(name: string): string;
  all(): Readonly<Record<string, string>>;
}

export function pack(root: string, folder: string): Packed {
  mkdirSync(folder, { recursive: true });
  const specifiers: Record<string, string> = {};
  for (const { name, folder: from } of published(root)) {
    const to = join(folder, name.replace(/\W/g, '-'));
    mkdirSync(to);
    run(['npx', '-y', 'pnpm@12', 'pack', '--pack-destination', to], { cwd: from });
    specifiers[name] = `file:${join(to, globSync('*.tgz', { cwd: to })[0] ?? 'nothing')}`;
  }
  return {
    tarball(name) {
      const specifier = specifiers[name];
      if (!specifier)
        throw new Error(`${name} is not published; there are ${Object.keys(specifiers).join(', ')}`);
      return specifier;
    },
    all: () => specifiers,
  };
}
