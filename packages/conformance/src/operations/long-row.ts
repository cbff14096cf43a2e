import type { Mode, OpName, Shape, Shaped, Softmax, Tensor } from '@softmax/core';
import { random } from '../cases/random.ts';
import type { LogitRow } from '../cases/rows-of-logits.ts';
import { round } from '../judge/float.ts';
import { judge, type Measure } from '../judge/judge.ts';
import * as fast from '../oracle/fast.ts';
import type { Trial } from '../plan/case.ts';
import { read, shaped } from '../plan/trial.ts';

/** Judged by the fast oracle: it uses float64, whose own error leaves no margin. */
export type Narrow = 'float32' | 'float16';

/** A result, its shape, and its expected values. */
type Result = readonly [Tensor<Mode>, Shape, fast.Fast];

interface Given {
  readonly softmax: Softmax<unknown, Mode>;
  /** The row in the backend's format, and as numbers. */
  readonly x: Shaped;
  readonly values: readonly number[];
  readonly dtype: Narrow;
}

export interface LongRow {
  readonly op: OpName;
  readonly call: (given: Given) => Promise<readonly Result[]>;
}

/** Cotangents of both signs, exact in the format. */
function cotangent(n: number, dtype: Narrow): number[] {
  const next = random(n);
  return Array.from({ length: n }, () => round(4 * next() - 2, dtype));
}

const forward = (
  op: 'softmax' | 'softmin' | 'logSoftmax',
  expected: (x: readonly number[]) => fast.Fast,
): LongRow => ({
  op,
  call: async ({ softmax, x, values }) => [[await softmax[op](x), [values.length], expected(values)]],
});

const backward = (
  op: 'softmaxGrad' | 'softminGrad' | 'logSoftmaxGrad',
  expected: (x: readonly number[], g: readonly number[]) => fast.Fast,
): LongRow => ({
  op,
  async call({ softmax, x, values, dtype }) {
    const g = cotangent(values.length, dtype);
    const shape = [values.length];
    return [[await softmax[op](x, shaped(g, shape, dtype)), shape, expected(values, g)]];
  },
});

const DY = -1.5;
/** The target, and the row as a batch of one. */
const labelled = ({ x, values }: Given): readonly [batch: Shaped, y: number] => [
  { ...x, shape: [1, values.length] },
  values.length >> 1,
];

export const LONG_ROWS: readonly LongRow[] = [
  forward('softmax', fast.fastSoftmax),
  forward('softmin', fast.fastSoftmin),
  forward('logSoftmax', fast.fastLogSoftmax),
  backward('softmaxGrad', fast.fastSoftmaxGrad),
  backward('softminGrad', fast.fastSoftminGrad),
  backward('logSoftmaxGrad', fast.fastLogSoftmaxGrad),
  {
    op: 'logSumExp',
    call: async ({ softmax, x, values }) => [[await softmax.logSumExp(x), [], fast.fastLogSumExp(values)]],
  },
  {
    op: 'logSumExpGrad',
    async call({ softmax, x, values, dtype }) {
      const dx = await softmax.logSumExpGrad(x, shaped([DY], [], dtype));
      return [[dx, [values.length], fast.fastLogSumExpGrad(values, DY)]];
    },
  },
  {
    op: 'crossEntropy',
    async call(given) {
      const [batch, y] = labelled(given);
      const loss = await given.softmax.crossEntropy(batch, [y]);
      return [[loss, [], fast.fastCrossEntropy(given.values, y)]];
    },
  },
  {
    op: 'crossEntropyGrad',
    async call(given) {
      const [batch, y] = labelled(given);
      const { loss, dx } = await given.softmax.crossEntropyGrad(batch, [y]);
      return [
        [loss, [], fast.fastCrossEntropy(given.values, y)],
        [dx, [1, given.values.length], fast.fastCrossEntropyGrad(given.values, y)],
      ];
    },
  },
];

/** The number of elements that are judged at once: the expected value of one takes 40 bytes. */
const BLOCK = 1 << 16;

export async function judgeLong(
  trial: Trial,
  { call }: LongRow,
  { x, where }: LogitRow,
  dtype: Narrow,
): Promise<readonly Measure[]> {
  const n = x.length;
  const values = dtype === 'float16' ? x.map((v) => round(v, dtype)) : x.map(Math.fround);
  const given = { softmax: trial.softmax, x: shaped(values, [n], dtype), values, dtype };
  const measures: Measure[] = [];
  for (const [tensor, shape, expected] of await call(given)) {
    const got = await read(tensor, dtype, shape);
    for (let start = 0; start < expected.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, expected.length);
      const part = fast.expectedOf(expected, n, dtype, start, end);
      measures.push(judge(got.subarray(start, end), part, trial, where, start));
    }
  }
  return measures;
}
