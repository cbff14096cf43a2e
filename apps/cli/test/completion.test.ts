import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folder } from './golden.ts';
import { inProcess } from './run.ts';

const complete = async (...words: readonly string[]) =>
  (await inProcess(['complete', '--', ...words])).out.split('\n').slice(0, -1);

test.each([
  ['a command', ['cal'], ['calibrate']],
  ['an operation', ['run', 'entmaxG'], ['entmaxGrad']],
  ['an option of an operation', ['run', 'entmax', 'x.npy', '--al'], ['--alpha']],
  ['no option of another', ['run', 'softmax', '--al'], []],
  ['the choices of an option', ['run', 'softmax', '--to', 'np'], ['npy', 'npz']],
  ['nothing where a number stands', ['run', 'softmax', '--axis', ''], []],
  ['a backend', ['support', 'was'], ['wasm', 'wasm-threads']],
  ['what is behind a value', ['run', 'softmax', '--to', 'npy', '--so'], ['--softcap']],
  ['not what only shells ask', ['complete'], []],
])('completes %s', async (_, words, expected) => {
  expect(await complete(...words)).toEqual(expected);
});

test('bash completes by it', async () => {
  const where = await folder();
  const main = join(import.meta.dirname, '..', 'dist', 'main.js');
  await writeFile(join(where, 'softmax'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  await chmod(join(where, 'softmax'), 0o755);
  await writeFile(join(where, 'c.sh'), (await inProcess(['completion', 'bash'])).out);
  const ask = `. ./c.sh; complete -p softmax; COMP_WORDS=(softmax run logS); COMP_CWORD=2; _softmax; echo "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', ask], {
    cwd: where,
    env: { ...process.env, PATH: `${where}:${process.env['PATH']}` },
  });
  expect(stdout).toBe(
    'complete -o default -F _softmax softmax\nlogSoftmax logSoftmaxGrad logSumExp logSumExpGrad\n',
  );
});

test.each(['zsh', 'fish'])('%s has a script that asks the same', async (shell) => {
  expect((await inProcess(['completion', shell])).out).toContain('softmax complete -- ');
});
