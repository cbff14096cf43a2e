import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@softmax/core';
import * as ops from '@softmax/core/ops';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { outputs } from '../src/outputs.ts';

interface Vector {
  readonly op: core.OpName;
  readonly name: string;
  readonly inputs: { readonly [name: string]: unknown };
  readonly options: { readonly [name: string]: unknown };
  readonly expected: {
    readonly [name: string]: { readonly shape: number[]; readonly data: (number | string)[] };
  };
}

const read = (...path: readonly string[]): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', ...path), 'utf8'));
const file = read('vectors', 'operations.json') as { readonly cases: readonly Vector[] };
const schema = read('schemas', 'vectors.schema.json') as object;

test('the vectors have the form that their schema tells, and every operation has some', () => {
  const valid = new Ajv2020({ strict: false }).compile(schema);
  expect(valid(file), JSON.stringify(valid.errors)).toBe(true);
  expect(new Set(file.cases.map(({ op }) => op))).toEqual(new Set(Object.keys(ops)));
  const [first] = file.cases;
  for (const wrong of [
    { ...first, op: 7 },
    { ...first, expected: {} },
    { ...first, options: { T: 1 } },
  ])
    expect(valid({ ...file, cases: [wrong] })).toBe(false);
});

/** Tensors in float64; what is a tree or parameters, as a call takes it. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== 'object' || value === null) return value;
  if ('parents' in value) return core.treeOf(value.parents as number[]);
  const { data, shape, ...rest } = value as { readonly data?: unknown; readonly shape?: unknown };
  if (data !== undefined) return { data: Float64Array.from(data as (number | string)[], Number), shape };
  return Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, given(each)]));
}

/** Classes are integers. */
const integers = (name: string, value: unknown): unknown => {
  const { data, shape } = value as { readonly data: Float64Array; readonly shape: number[] };
  return /^(target|classes)$/.test(name) ? { data: Int32Array.from(data), shape } : value;
};

const sm = core.createSoftmax(core.cpu());

describe.each(file.cases)('$op, $name', ({ op, inputs, options, expected }) => {
  test('the reference gives what mpmath gives', async () => {
    const args = Object.entries(inputs).map(([name, value]) => integers(name, given(value)));
    const extra = /^oneHot$/.test(op) ? { dtype: 'float64' } : {};
    const run = sm[op] as (...given: never[]) => unknown;
    const found = await outputs(run(...([...args, { ...options, ...extra }] as never[])));
    const names = Object.keys(expected);
    expect(found.length).toBe(names.length);
    for (const [k, { shape, data }] of Object.values(expected).entries()) {
      const want = data.map(Number);
      expect([names[k], found[k]?.shape]).toEqual([names[k], shape]);
      // A gradient and a loss are sums: their unit is that of the largest.
      const largest = /Grad$|Loss$/.test(op) ? Math.max(...want.map(Math.abs)) : 0;
      for (const [i, value] of want.entries()) {
        const error = Math.abs((found[k]?.data[i] ?? Number.NaN) - value);
        expect(error, `${names[k]}[${i}]`).toBeLessThanOrEqual(
          4 * Number.EPSILON * Math.max(Math.abs(value), largest),
        );
      }
    }
  });
});
