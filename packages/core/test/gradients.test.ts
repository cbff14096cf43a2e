import { describe, expect, test } from 'vitest';
import * as core from '../src/index.ts';

/** Central differences of Σ dy·f(x) in float64, h = 2⁻¹⁷: their error is about h² + 2⁻⁵³/h, 10⁻¹⁰. */
function differences(f: (x: number[]) => number, x: readonly number[]): number[] {
  const h = 2 ** -17;
  return x.map((v, k) => {
    const at = (value: number) => f(x.map((other, j) => (j === k ? value : other)));
    return (at(v + h) - at(v - h)) / (2 * h);
  });
}

const flat = (t: core.Tensor<'sync'>) => [...t.data()] as number[];
const dot = (t: core.Tensor<'sync'>, dy: readonly number[]) =>
  flat(t).reduce((sum, v, k) => sum + v * (dy[k] as number), 0);
const near = (got: core.Tensor<'sync'>, wanted: number[]) => {
  for (const [k, value] of wanted.entries()) expect(flat(got)[k], `[${k}]`).toBeCloseTo(value, 8);
};

const data = [0.3, -1.2, 2.1, 0.7, 1.5, -0.4, 0.9, 0.1, -2, 0.6, 1.1, -0.3];
const shape = [2, 3, 2];
const dy = [1, -0.5, 0.25, 2, -1.5, 0.75, -0.2, 0.4, 1.3, -0.9, 0.6, 0.8];
const x = (values: readonly number[]) => ({ data: [...values], shape });
const mask = { data: [1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1], shape };

const elementwise = [
  ['softmax', core.softmax, core.softmaxGrad],
  ['softmin', core.softmin, core.softminGrad],
  ['logSoftmax', core.logSoftmax, core.logSoftmaxGrad],
] as const;
const conditions: core.SoftmaxOptions[] = [
  {},
  { axis: 1 },
  { axis: [0, 2] },
  { temperature: 0.5 },
  { axis: 1, temperature: [0.5, 1, 2, 0.7] },
  { sink: 0.5 },
  { softcap: 1.5 },
  { mask, axis: 1 },
  { mask, axis: null, sink: -1, softcap: 2, temperature: 1.3 },
];
const combined = elementwise.flatMap(([name, op, grad]) =>
  conditions.map((options) => [name, options, op, grad] as const),
);
test.each(combined)('%s is differentiated as it is computed: %j', (_, options, op, grad) => {
  // The logarithm of a masked entry is −inf: its dy takes no part.
  const kept = dy.map((v, k) => (options.mask && !mask.data[k] ? 0 : v));
  const finite = (t: core.Tensor<'sync'>) => flat(t).map((v) => (v === -Infinity ? 0 : v));
  const f = (values: number[]) =>
    finite(op(x(values), options)).reduce((s, v, k) => s + v * (kept[k] as number), 0);
  near(grad(x(data), { data: dy, shape }, options), differences(f, data));
});

describe('sums of exponentials', () => {
  const rows = [0.4, -1, 2, 0.3];
  const pairs = [
    [core.logSumExp, core.logSumExpGrad],
    [core.logMeanExp, core.logMeanExpGrad],
  ] as const;
  const options: core.LogMeanExpOptions[] = [{ axis: 1 }, { axis: 1, mask }, { axis: 1, keepDims: true }];
  test.each(options)('%j', (each) => {
    const given = { data: rows, shape: each.keepDims ? [2, 1, 2] : [2, 2] };
    for (const [op, grad] of pairs)
      near(
        grad(x(data), given, each),
        differences((v) => dot(op(x(v), each), rows), data),
      );
  });

  test('with factors, for both', () => {
    const b = data.map((_, k) => [1, -0.5, 2][k % 3] as number);
    const options = { axis: 1, returnSign: true } as const;
    const sum = (v: number[], f: number[]) => dot(core.logSumExp(x(v), { ...options, b: x(f) }).y, rows);
    const { dx, db } = core.logSumExpGrad(x(data), { data: rows, shape: [2, 2] }, { ...options, b: x(b) });
    near(
      dx,
      differences((v) => sum(v, b), data),
    );
    near(
      db,
      differences((f) => sum(data, f), b),
    );
  });

  test('of two, and running', () => {
    const b = [...data].reverse();
    const { da, db } = core.logAddExpGrad(data, b, dy);
    near(
      da,
      differences((v) => dot(core.logAddExp(v, b), dy), data),
    );
    near(
      db,
      differences((v) => dot(core.logAddExp(data, v), dy), b),
    );
    const options = { axis: 1 };
    near(
      core.logCumSumExpGrad(x(data), x(dy), options),
      differences((v) => dot(core.logCumSumExp(x(v), options), dy), data),
    );
  });
});

describe('losses', () => {
  const options = {
    axis: 1,
    weight: [1, 2, 0.5],
    labelSmoothing: 0.2,
    mask,
    tokenWeight: [1, 0.5, 2, 1],
  } as const;
  const target = [0, 2, 0, 1];
  const probabilities = x(data.map((v, k) => (mask.data[k] ? Math.abs(v) : 0)));
  const value = (t: core.Tensor<'sync'>) => t.toArray() as number;

  for (const more of [
    {},
    { reduction: 'sum' },
    { zLoss: 0.1 },
    { denominator: 3, dy: 2 },
  ] as core.CrossEntropyGradOptions[])
    test(`cross-entropy ${JSON.stringify(more)}`, () => {
      const { dy: scale = 1, ...rest } = more;
      const all = { ...options, ...rest };
      const { dx, loss } = core.crossEntropyGrad(x(data), target, { ...all, ...more });
      expect(value(loss)).toBe(value(core.crossEntropy(x(data), target, all)));
      near(
        dx,
        differences((v) => (scale as number) * value(core.crossEntropy(x(v), target, all)), data),
      );
    });

  test('cross-entropy of probabilities, for the logits and the target', () => {
    const { dx, dt } = core.crossEntropyGrad(x(data), { probabilities }, { ...options, zLoss: 0.1 });
    const loss = (v: number[], t: number[]) =>
      value(core.crossEntropy(x(v), { probabilities: x(t) }, { ...options, zLoss: 0.1 }));
    near(
      dx,
      differences((v) => loss(v, probabilities.data), data),
    );
    near(
      dt,
      differences((t) => loss(data, t), probabilities.data).map((v, k) => (mask.data[k] ? v : 0)),
    );
  });

  test('a loss for each row, with a cotangent for each', () => {
    const rows = { data: [1, -2, 0.5, 3], shape: [2, 2] };
    const all = { ...options, reduction: 'none' } as const;
    const { dx } = core.crossEntropyGrad(x(data), target, { ...all, dy: rows });
    near(
      dx,
      differences((v) => dot(core.crossEntropy(x(v), target, all), rows.data), data),
    );
  });

  test('negative log-likelihood', () => {
    const { dx } = core.nllLossGrad(x(data), target, options);
    near(
      dx,
      differences((v) => value(core.nllLoss(x(v), target, options)), data),
    );
  });

  test('divergence and entropy', () => {
    const [p, q] = [data.map((v) => Math.exp(v / 4)), dy.map((v) => Math.exp(v / 4))];
    const rows = { data: [1, -2, 0.5, 3], shape: [2, 2] };
    const { dp, dq } = core.klDivergenceGrad(x(p), x(q), rows, { axis: 1 });
    near(
      dp,
      differences((v) => dot(core.klDivergence(x(v), x(q), { axis: 1 }), rows.data), p),
    );
    near(
      dq,
      differences((v) => dot(core.klDivergence(x(p), x(v), { axis: 1 }), rows.data), q),
    );
    near(
      core.entropyGrad(x(p), rows, { axis: 1 }),
      differences((v) => dot(core.entropy(x(v), { axis: 1 }), rows.data), p),
    );
  });
});
