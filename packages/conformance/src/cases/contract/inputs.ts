import type { FloatType, Input, OpName } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import { decode } from '../../judge/float.ts';
import { must, type Output, outputs, same } from '../../judge/outputs.ts';
import { isLoss } from '../../operations/described.ts';
import { type Case, needs, type Trial, unmeasured } from '../../plan/case.ts';
import { callOf } from './call.ts';
import { EMPTY, isSum, isSumGrad } from './shapes.ts';

const X = [1, 0, 2, 5];
const shape = [2, 2];

/** What an operation takes for numbers, and of which type its results are. */
export const inputs = (op: OpName): readonly Case[] => [
  make(
    op,
    'integers-and-booleans',
    "a result of integers, as an array's own map gives: [0, 0, 1] for softmax",
    'float32',
    async (trial) => {
      const expected = await called(trial, op, { data: Float32Array.from(X), shape });
      const same32 = async (x: Input, where: string) => same(await called(trial, op, x), expected, where);
      for (const array of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Int32Array, Uint32Array])
        await same32({ data: array.from(X), shape }, array.name);
      await same32({ data: BigInt64Array.from(X.map(BigInt)), shape }, 'BigInt64Array');
      await same32(
        [
          [1n, 0n],
          [2n, 5n],
        ],
        'bigints',
      );
      await same32({ data: Uint16Array.from(X), shape, dtype: 'uint16' }, 'Uint16Array of integers');
      const booleans = await called(trial, op, [
        [true, false],
        [false, true],
      ]);
      same(booleans, await called(trial, op, { data: Float32Array.of(1, 0, 0, 1), shape }), 'booleans');
      for (const { dtype } of expected) must(dtype === 'float32', `expected float32, got ${dtype}`);
    },
  ),
  make(op, 'plain-numbers', 'plain numbers cut to float32: they are doubles', 'float64', async (trial) => {
    const expected = await called(trial, op, { data: Float64Array.from(X), shape });
    same(
      await called(trial, op, [
        [1, 0],
        [2, 5],
      ]),
      expected,
      'nested arrays',
    );
    same(await called(trial, op, { data: X, shape }), expected, '{ data, shape }');
    for (const { dtype } of expected) must(dtype === 'float64', `expected float64, got ${dtype}`);
  }),
  make(
    op,
    'shaped-arrays',
    'strided data read as if it had no gaps (burn #4815)',
    'float32',
    async (trial) => {
      const data = Float32Array.from(X);
      const expected = await called(trial, op, { data, shape });
      same(await called(trial, op, { data, dims: shape, type: 'float32' }), expected, "a runtime's tensor");
      same(
        await called(trial, op, [data.subarray(0, 2), data.subarray(2)]),
        expected,
        'rows of typed arrays',
      );
      const spread = Float32Array.of(9, 1, 9, 0, 9, 9, 2, 9, 5);
      same(await called(trial, op, { data: spread, shape, stride: [5, 2], offset: 1 }), expected, 'strides');
      const turned = Float32Array.of(1, 2, 0, 5);
      same(
        await called(trial, op, { data: turned, shape, stride: [1, 2], offset: 0 }),
        expected,
        'a transposed view',
      );
    },
  ),
  ...(['float32', 'float64', 'float16'] as const).map((dtype) =>
    make(op, `keeps-${dtype}`, 'a float type that becomes another on the way', dtype, async (trial) => {
      const x = trial.softmax.tensor(X, shape, dtype);
      const found = await outputs(
        callOf(op)(
          trial.softmax,
          x,
          {},
          isSumGrad(op) ? trial.softmax.tensor([1, 1], [2], dtype) : trial.softmax.tensor(X, shape, dtype),
        ),
      );
      x.dispose();
      for (const each of found) must(each.dtype === dtype, `expected ${dtype}, got ${each.dtype}`);
    }),
  ),
  ...(isLoss(op) ? [] : [empty(op)]),
];

const called = (trial: Trial, op: OpName, x: Input): Promise<readonly Output[]> =>
  outputs(callOf(op)(trial.softmax, x));

/** Shapes without an element: nothing to compute, and a right answer all the same. */
function empty(op: OpName): Case {
  const mistake =
    'size 0 sent to a runtime (tensorflow #22259): log-sum-exp of nothing is −inf, its entropy 0, all else keeps its shape';
  return make(op, 'size-0', mistake, 'float32', async ({ softmax }) => {
    for (const [of, axis, reduced] of EMPTY) {
      const nothing = (s: readonly number[]) => ({
        data: new Float32Array(s.reduce((a, b) => a * b, 1)),
        shape: s,
      });
      const dy = nothing(isSumGrad(op) ? reduced : of);
      const [y] = await outputs(callOf(op)(softmax, nothing(of), { axis }, dy));
      const wanted = isSum(op) ? reduced : of;
      const value = OPERATIONS[op].arguments[0] === 'x' ? Number.NEGATIVE_INFINITY : 0;
      must(`${y?.shape}` === `${wanted}`, `[${of}], axis ${axis}: expected [${wanted}], got [${y?.shape}]`);
      const values = decode(y?.data ?? [], 'float32');
      must(
        values.every((v) => v === value),
        `[${of}], axis ${axis}: not ${value}`,
      );
    }
  });
}

const make = (
  op: OpName,
  name: string,
  mistake: string,
  dtype: FloatType,
  run: (trial: Trial) => Promise<void>,
): Case => unmeasured({ category: 'contract', op, name, mistake, needs: needs(op, dtype) }, run);
