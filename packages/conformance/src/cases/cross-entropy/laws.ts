import type { CrossEntropyOptions } from '@softmax/core';
import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { law } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

/** Rows of logits that are multiples of 1/64, with a label for each. */
interface Batch {
  readonly rows: readonly (readonly number[])[];
  readonly target: readonly number[];
}

const batch: fc.Arbitrary<Batch> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .chain(([n, count]) =>
    fc.record({
      rows: fc.array(
        fc.array(
          fc.integer({ min: -640, max: 640 }).map((k) => k / 64),
          { minLength: n, maxLength: n },
        ),
        { minLength: count, maxLength: count },
      ),
      target: fc.array(fc.integer({ min: 0, max: n - 1 }), { minLength: count, maxLength: count }),
    }),
  );
const smoothing = fc.constantFrom(0, 0.1, 0.5);

const near = (a: number, b: number, size = 1): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 64 * FORMATS.float32.eps * Math.max(1, size);

async function losses(
  { softmax }: Trial,
  { rows, target }: Batch,
  options: CrossEntropyOptions,
): Promise<Float64Array> {
  const shape = [rows.length, rows[0]?.length ?? 0];
  const y = await softmax.crossEntropy(shaped(rows.flat(), shape, 'float32'), target, options);
  return read(y, 'float32', options.reduction === 'none' ? [rows.length] : []);
}

async function gradient({ softmax }: Trial, { rows, target }: Batch, options: CrossEntropyOptions) {
  const shape = [rows.length, rows[0]?.length ?? 0];
  const { loss, dx } = await softmax.crossEntropyGrad(shaped(rows.flat(), shape, 'float32'), target, options);
  return {
    loss: await read(loss, 'float32', options.reduction === 'none' ? [rows.length] : []),
    dx: await read(dx, 'float32', shape),
  };
}

export const laws: readonly Case[] = [
  law({
    op: 'crossEntropy',
    name: 'is-nll-of-log-softmax',
    mistake: 'a loss that is not −log p of the target',
    of: batch,
    needs: { kernels: ['crossEntropy', 'logSoftmax'], dtypes: ['float32'] },
    async holds(trial, each) {
      const y = await losses(trial, each, { reduction: 'none' });
      const shape = [each.rows.length, each.rows[0]?.length ?? 0];
      const log = await read(
        await trial.softmax.logSoftmax(shaped(each.rows.flat(), shape, 'float32')),
        'float32',
        shape,
      );
      for (const [row, label] of each.target.entries()) {
        const nll = -(log[row * (shape[1] ?? 0) + label] as number);
        must(near(y[row] as number, nll + 0, nll), `row ${row}: ${y[row]} and ${nll}`);
      }
    },
  }),
  law({
    op: 'crossEntropy',
    name: 'sum-and-mean-of-none',
    mistake: 'reductions that are not those of the losses of the rows',
    of: fc.tuple(batch, smoothing),
    async holds(trial, [each, labelSmoothing]) {
      const none = await losses(trial, each, { labelSmoothing, reduction: 'none' });
      const sum = none.reduce((a, b) => a + b, 0);
      const [total] = await losses(trial, each, { labelSmoothing, reduction: 'sum' });
      const [mean] = await losses(trial, each, { labelSmoothing });
      must(near(total as number, sum, sum), `the sum is ${total}, not ${sum}`);
      must(near(mean as number, sum / none.length, sum), `the mean is ${mean}, not ${sum / none.length}`);
    },
  }),
  law({
    op: 'crossEntropy',
    name: 'ignoring-removes',
    mistake: 'an ignored row that is counted (1/N), or read',
    of: fc.tuple(batch, smoothing, fc.nat()),
    async holds(trial, [{ rows, target }, labelSmoothing, at]) {
      const place = at % (rows.length + 1);
      const bad = (rows[0] ?? []).map(() => Number.NaN);
      const more = { rows: rows.toSpliced(place, 0, bad), target: target.toSpliced(place, 0, -100) };
      const [a, b] = [
        await losses(trial, { rows, target }, { labelSmoothing }),
        await losses(trial, more, { labelSmoothing }),
      ];
      must(near(a[0] as number, b[0] as number, a[0]), `${a[0]} without, ${b[0]} with an ignored row`);
    },
  }),
  law({
    op: 'crossEntropy',
    name: 'never-negative',
    mistake: 'a negative loss, which no distribution has',
    of: fc.tuple(batch, smoothing),
    async holds(trial, [each, labelSmoothing]) {
      const y = await losses(trial, each, { labelSmoothing, reduction: 'none' });
      must(
        y.every((v) => v >= 0),
        `losses of ${y.join()}`,
      );
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'crossEntropyGrad',
    name: 'rows-sum-to-zero',
    mistake: 'a gradient whose targets weigh more or less than its probabilities',
    of: fc.tuple(batch, smoothing),
    async holds(trial, [each, labelSmoothing]) {
      const n = each.rows[0]?.length ?? 0;
      const { dx } = await gradient(trial, each, { labelSmoothing, reduction: 'sum' });
      for (const row of each.rows.keys()) {
        const sum = dx.subarray(row * n, (row + 1) * n).reduce((a, b) => a + b, 0);
        must(near(sum, 0), `row ${row} sums to ${sum}`);
      }
    },
  }),
  law({
    op: 'crossEntropyGrad',
    name: 'ignoring-removes',
    mistake: 'an ignored row that is counted, read, or given a gradient',
    of: fc.tuple(batch, smoothing, fc.nat()),
    async holds(trial, [{ rows, target }, labelSmoothing, at]) {
      const [place, n] = [at % (rows.length + 1), rows[0]?.length ?? 0];
      const more = {
        rows: rows.toSpliced(place, 0, new Array<number>(n).fill(Number.NaN)),
        target: target.toSpliced(place, 0, -100),
      };
      const { dx } = await gradient(trial, { rows, target }, { labelSmoothing });
      const other = [...(await gradient(trial, more, { labelSmoothing })).dx];
      const own = other.splice(place * n, n);
      must(
        own.every((v) => v === 0),
        `the ignored row got ${own}`,
      );
      for (const [k, v] of other.entries())
        must(near(v, dx[k] as number), `[${k}]: ${dx[k]} without, ${v} with an ignored row`);
    },
  }),
  law({
    op: 'crossEntropyGrad',
    name: 'loss-is-that-of-cross-entropy',
    mistake: 'two kernels that mean two losses',
    of: fc.tuple(batch, smoothing),
    needs: { kernels: ['crossEntropyGrad', 'crossEntropy'], dtypes: ['float32'] },
    async holds(trial, [each, labelSmoothing]) {
      const { loss } = await gradient(trial, each, { labelSmoothing });
      const [other] = await losses(trial, each, { labelSmoothing });
      must(near(loss[0] as number, other as number, other), `${loss[0]} and ${other}`);
    },
  }),
];
