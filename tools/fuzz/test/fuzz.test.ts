import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fuzz } from '../fuzz.ts';
import { allTargets } from '../target.ts';

/** The same inputs in each run, unless another seed is stated. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

describe.each(await allTargets())('$name', (target) => {
  test(`500 inputs of seed ${seed} are read or refused within 2 s and 500 MB`, async () => {
    expect(await fuzz(target, { files: 500, seed })).toEqual([]);
  });
});

const module = join(import.meta.dirname, 'broken.ts');
const broken = (name: string) =>
  fuzz({ module, name }, { files: 3, seed, milliseconds: name === 'hangs' ? 500 : 20_000 });

test.each([
  ['hangs', /longer than 500 ms/],
  ['awaitsForEver', /exit code 13: .*unsettled top-level await/],
  ['exits', /exit code 7/],
  ['rejectsLate', /nobody awaits this/],
  ['throws', /wrong answer/],
  ['fillsMemory', /takes \d+ MB/],
])('an input that %s is a problem with its index, and the next one is tried', async (name, message) => {
  const problems = await broken(name);
  expect(problems.map(({ index }) => index)).toEqual([1]);
  expect(problems[0]?.problem).toMatch(message);
});
