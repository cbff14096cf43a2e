import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FloatType } from '@softmax/core';
import * as core from '@softmax/core';
import * as ops from '@softmax/core/ops';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { decode, encode, round } from '../src/judge/float.ts';
import { outputs } from '../src/judge/outputs.ts';

interface Vector {
  readonly op: core.OpName;
  readonly name: string;
  readonly dtype?: 'float16';
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
    { ...first, dtype: 'bfloat16' },
  ])
    expect(valid({ ...file, cases: [wrong] })).toBe(false);
});

/** Tensors of a type; what is a tree or parameters, as a call takes it. */
function given(value: unknown, dtype: FloatType): unknown {
  if (Array.isArray(value)) return value.map((each) => given(each, dtype));
  if (typeof value !== 'object' || value === null) return value;
  if ('parents' in value) return core.treeOf(value.parents as number[]);
  const { data, shape, ...rest } = value as { readonly data?: unknown; readonly shape?: unknown };
  if (data !== undefined)
    return { data: encode((data as (number | string)[]).map(Number), dtype), shape, dtype };
  return Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, given(each, dtype)]));
}

/** Classes are integers. */
const integers = (name: string, value: unknown): unknown => {
  const { data, shape } = value as { readonly data: ArrayLike<number>; readonly shape: number[] };
  return /^(target|classes)$/.test(name) ? { data: Int32Array.from(data), shape } : value;
};

const sm = core.createSoftmax(core.cpu());

/** What the reference gives for a vector, in a type. */
async function found({ op, inputs, options, expected }: Vector, dtype: FloatType): Promise<Found[]> {
  const args = Object.entries(inputs).map(([name, value]) =>
    integers(name, given(value, /^(target|classes)$/.test(name) ? 'float64' : dtype)),
  );
  const extra = /^oneHot$/.test(op) ? { dtype } : {};
  const run = sm[op] as (...all: never[]) => unknown;
  const all = await outputs(run(...([...args, { ...options, ...extra }] as never[])));
  expect(all.map(({ shape }) => shape)).toEqual(Object.values(expected).map(({ shape }) => shape));
  return Object.entries(expected).map(([name, { data }], k) => ({
    name,
    want: data.map(Number),
    got: decode(all[k]?.data ?? [], all[k]?.dtype ?? dtype),
    type: all[k]?.dtype,
  }));
}

interface Found {
  readonly name: string;
  readonly want: readonly number[];
  readonly got: Float64Array;
  readonly type: core.DType | undefined;
}

describe.each(file.cases)('$op, $name', (vector) => {
  test('the reference gives what mpmath gives', async () => {
    for (const { name, want, got } of await found(vector, 'float64')) {
      // A gradient and a loss are sums: their unit is that of the largest.
      const largest = /Grad$|Loss$/.test(vector.op) ? Math.max(...want.map(Math.abs)) : 0;
      for (const [i, value] of want.entries()) {
        const error = Math.abs((got[i] ?? Number.NaN) - value);
        expect(error, `${name}[${i}]`).toBeLessThanOrEqual(
          4 * Number.EPSILON * Math.max(Math.abs(value), largest),
        );
      }
    }
  });
});

const narrow = file.cases.filter(({ dtype }) => dtype === 'float16');

test('every operation has vectors of float16', () => {
  expect(new Set(narrow.map(({ op }) => op))).toEqual(new Set(Object.keys(ops)));
});

describe.each(narrow)('$op, $name, in float16', (vector) => {
  test('the reference gives the nearest float16', async () => {
    for (const { name, want, got, type } of await found(vector, 'float16'))
      expect([...got], name).toEqual(want.map((value) => (type === 'float16' ? round(value, type) : value)));
  });
});
