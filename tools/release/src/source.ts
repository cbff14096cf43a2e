import { appendFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.ts';
import type { Registry } from './registry.ts';

/** A published package as its manifest describes it. */
export interface Published {
  readonly name: string;
  readonly folder: string;
  readonly version: string;
}

/** The packages of a working tree that are published. */
export function published(root: string): Published[] {
  return globSync('{packages,apps}/*/package.json', { cwd: root })
    .map((file) => {
      const folder = join(root, file, '..');
      return { folder, ...(JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest) };
    })
    .filter((manifest) => !manifest.private)
    .map(({ name, folder, version }) => ({ name, folder, version }));
}
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/** Clones the last commit of a working tree and installs it as CI does. */
export function cloneSource(from: string, cwd: string): string {
  run(['git', 'clone', '--quiet', from, cwd], { cwd: from });
  run(['git', 'config', 'user.name', 'rehearsal'], { cwd });
  run(['git', 'config', 'user.email', 'rehearsal@localhost'], { cwd });
  run(['npx', '-y', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd });
  return cwd;
}

/** Consumes the changesets, as the release does, and gives the one version of all packages. */
export function version(cwd: string): string {
  run(['npx', '-y', 'pnpm@12', 'run', 'version'], { cwd });
  run(['git', 'commit', '--quiet', '--all', '--message', 'Version the packages'], { cwd });
  const packages = published(cwd);
  const versions = [...new Set(packages.map((one) => one.version))];
  if (versions.length !== 1)
    throw new Error(`the packages are at ${versions.join(', ')}: one line was asked for`);
  for (const { name, folder } of packages) {
    const changelog = join(folder, 'CHANGELOG.md');
    if (!existsSync(changelog) || !readFileSync(changelog, 'utf8').includes(`## ${versions[0]}`))
      throw new Error(`${name} has no changelog for ${versions[0]}`);
  }
  return versions[0] as string;
}

/** Builds, checks and publishes, as the release does; every package must be tagged afterwards. */
export function publish(cwd: string, registry: Registry, wanted: string): void {
  appendFileSync(join(cwd, '.npmrc'), registry.npmrc);
  run(['npx', '-y', 'pnpm@12', 'run', 'release'], { cwd });
  run(['git', 'checkout', '--quiet', '.npmrc'], { cwd });
  const tags = run(['git', 'tag', '--points-at', 'HEAD'], { cwd }).split('\n');
  for (const { name } of published(cwd))
    if (!tags.includes(`${name}@${wanted}`)) throw new Error(`no tag ${name}@${wanted}`);
}

/** Commits a changeset, so that there is something to release again. */
export function change(cwd: string, name: string, summary: string): void {
  writeFileSync(join(cwd, '.changeset/rehearsal.md'), `---\n'${name}': patch\n---\n\n${summary}\n`);
  run(['git', 'add', '.changeset'], { cwd });
  run(['git', 'commit', '--quiet', '--message', 'Change something'], { cwd });
}
