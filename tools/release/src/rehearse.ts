import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startRegistry } from './registry.ts';
import { say } from './say.ts';
import { change, cloneSource, publish, published, version } from './source.ts';
import { expectUse, install, upgrade } from './user.ts';

// The whole release, against a registry on loopback: version, build, check, publish and tag; install and run
// elsewhere; a second release, and the upgrade to it. Works on a clone of the last commit, in a folder of its own.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'release-'));
let stop = () => {};
try {
  const registry = await say('start the registry', () => startRegistry(join(folder, 'registry')));
  stop = () => registry.stop();
  const source = await say('clone and install', () => cloneSource(root, join(folder, 'source')));
  const names = published(source).map(({ name }) => name);
  const user = join(folder, 'user');

  const first = await say('version', () => version(source));
  await say(`publish ${first}`, () => publish(source, registry, first));
  await say('install it elsewhere', () => install(user, registry, names));
  await say('use it', () => expectUse(user, names, first));

  change(source, '@softmax/core', 'A change made by the rehearsal.');
  const second = await say('version again', () => version(source));
  await say(`publish ${second}`, () => publish(source, registry, second));
  await say(`upgrade from ${first}`, () => upgrade(user, names));
  await say('use it again', () => expectUse(user, names, second));

  console.log(`\n${names.length} packages released twice, ${first} and ${second}: ${names.join(', ')}`);
} finally {
  stop();
  rmSync(folder, { recursive: true, force: true });
}
