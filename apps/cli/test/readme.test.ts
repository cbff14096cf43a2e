import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folder, golden } from './golden.ts';

const README = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

/** What is typed behind a $, and what follows up to the next. */
const EXAMPLES = [...README.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [typed = '', ...printed] = example.split('\n');
      return [typed, printed.join('\n')] as const;
    }),
);

test('every command has an example', () => {
  const named = [...README.matchAll(/^\| `softmax (\w+)`/gm)].map(([, name]) => name);
  expect(named.length).toBe(11);
  // A run of the conformance suite or of a benchmark takes too long and prints times.
  const shown = ['check', 'bench', ...EXAMPLES.map(([typed]) => typed.split(' ')[1])];
  for (const name of named) expect(shown).toContain(name);
});

test.each(EXAMPLES)('%s', async (typed, printed) => {
  const where = await folder();
  await cp(golden(''), where, { recursive: true });
  const main = join(import.meta.dirname, '..', 'dist', 'main.js');
  await writeFile(join(where, 'softmax'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  await chmod(join(where, 'softmax'), 0o755);
  const env = { ...process.env, PATH: `${where}:${process.env['PATH']}` };
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', typed], { cwd: where, env });
  expect([stdout, stderr]).toEqual([printed, '']);
});
