import { cpu } from '@softmax/core';
import * as ops from '@softmax/core/ops';
import { expect, test } from 'vitest';
import { opened } from '../src/index.ts';
import { good, missing } from './candidates.ts';
import { command, inProcess } from './run.ts';

test('every operation has a row, twice the same', async () => {
  const first = await command(['support', 'cpu']);
  expect(first.code).toBe(0);
  for (const op of Object.keys(ops)) expect(first.out).toContain(`| \`${op}\` | float16, float32, float64 |`);
  expect(await command(['support', 'cpu'])).toEqual(first);
});

test('what a backend lacks is a dash in its own column, and what it declares is written out', async () => {
  const partial = {
    name: 'partial',
    about: 'half of it',
    open: async () => {
      const { softmax, crossEntropy } = cpu().kernels;
      const deviations = [{ check: 'special/softmax/*', reason: 'its platform flushes subnormals' }];
      return opened({
        ...cpu(),
        name: 'partial',
        dtypes: ['float32' as const, 'int32' as const],
        kernels: { softmax, crossEntropy },
        claims: { level: 'S1', deviations },
      });
    },
  };
  const { out, err } = await inProcess(['support'], { candidates: [good, partial, missing] });
  expect(out).toContain('| operation | cpu | partial |');
  expect(out).toContain('| `softmin` | float16, float32, float64 | float32 |');
  expect(out).toContain('| `logSoftmax` | float16, float32, float64 | – |');
  expect(out).toContain('| level | S3 | S1 |');
  expect(out).toContain('- partial, `special/softmax/*`: its platform flushes subnormals');
  expect(err).toMatch(/^not here: missing /);
});

test('the same as JSON: what each backend has, and why one is missing', async () => {
  const { out, err } = await inProcess(['support', '--json'], { candidates: [good, missing] });
  expect(err).toBe('');
  const { backends, missing: absent } = JSON.parse(out) as {
    backends: readonly { name: string; claims: object; operations: { readonly [op: string]: object } }[];
    missing: readonly { name: string; reason: string }[];
  };
  expect(backends.map(({ name, claims }) => [name, claims])).toEqual([['cpu', { level: 'S3' }]]);
  expect(Object.keys(backends[0]?.operations ?? {}).sort()).toEqual(Object.keys(ops).sort());
  expect(backends[0]?.operations['softmin']).toEqual({
    dtypes: ['float16', 'float32', 'float64'],
    borrowed: false,
  });
  expect(absent).toEqual([{ name: 'missing', reason: expect.any(String) }]);
});
