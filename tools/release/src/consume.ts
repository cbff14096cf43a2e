import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consumers, settle, use } from './consumer.ts';
import { nodeOf } from './nodes.ts';
import { pack } from './pack.ts';
import { say } from './say.ts';

// Every package from its tarball, in empty folders, as its users install and run it. Names on the command line choose
// some of `consumers/`. The last line holds how many passed.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
const [asked, faults] = [process.argv.slice(2), [] as string[]];
const unknown = asked.filter((name) => !consumers().some((one) => one.name === name));
if (unknown.length > 0) throw new Error(`no consumer ${unknown.join(', ')}`);
let runs = 0;

try {
  const packed = await say('pack', () => pack(root, join(folder, 'tarballs')));
  for (const consumer of consumers().filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const { installs, with: tool, nodes } = consumer.manifest.consumer;
    const cwd = await say(`${consumer.name}: ${tool} install ${installs.join(' ')}`, () =>
      settle(consumer, folder, packed),
    );
    for (const major of nodes) {
      runs++;
      const binary = nodeOf(major);
      const { status, text } = await say(`${consumer.name} on Node ${major}`, () => use(cwd, binary));
      if (status === 0) continue;
      faults.push(`${consumer.name} on Node ${major}`);
      console.error(text);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (faults.length > 0) console.error(`failed: ${faults.join(', ')}`);
console.log(`${runs - faults.length} passed, ${faults.length} failed, 0 skipped`);
process.exitCode = faults.length > 0 ? 1 : 0;
