import type { CrossEntropyOptions } from '@softmax/core';
import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must, outputs } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const near = (a: number, b: number, size = 1): boolean =>
  Math.abs(a - b) <= 64 * FORMATS.float32.eps * Math.max(1, size);

/** Logits, and as many eighths as there are of them. */
const pair = grid.chain((x) =>
  fc.tuple(
    fc.constant(x),
    fc.array(
      fc.integer({ min: 0, max: 8 }).map((k) => k / 8),
      { minLength: x.length, maxLength: x.length },
    ),
  ),
);
const smoothing = fc.constantFrom(0, 0.125, 0.5);

const loss = async (
  { softmax }: Trial,
  x: readonly number[],
  t: readonly number[],
  options: CrossEntropyOptions = {},
): Promise<number> => {
  const target = { probabilities: shaped(t, [x.length], 'float32') };
  const y = await softmax.crossEntropy(shaped(x, [x.length], 'float32'), target, options);
  return (await read(y, 'float32', []))[0] as number;
};

export const laws: readonly Case[] = [
  law({
    op: 'crossEntropy',
    name: 'one-hot-is-the-class',
    mistake: 'a one-hot target with another loss than its class',
    of: fc.tuple(grid, fc.nat(), smoothing),
    needs: { kernels: ['crossEntropy', 'softCrossEntropy'], dtypes: ['float32'] },
    async holds(trial, [x, at, labelSmoothing]) {
      const y = at % x.length;
      const input = shaped([...x], [x.length], 'float32');
      const pending = trial.softmax.crossEntropy(input, y, { labelSmoothing });
      const [hard] = await read(await pending, 'float32', []);
      const t = x.map((_, k) => Number(k === y));
      const soft = await loss(trial, x, t, { labelSmoothing });
      must(near(soft, hard as number, hard), `${soft} of one-hot, ${hard} of class ${y}`);
    },
  }),
  law({
    op: 'crossEntropy',
    name: 'linear-in-the-target',
    mistake: 'a target that is normalised, or clipped, behind the back',
    of: fc.tuple(pair, fc.constantFrom(0.5, 2, 4)),
    needs: { kernels: ['softCrossEntropy'], dtypes: ['float32'] },
    async holds(trial, [[x, t], scale]) {
      const own = await loss(trial, x, t);
      const scaled = await loss(
        trial,
        x,
        t.map((v) => v * scale),
      );
      must(near(scaled, own * scale, own * scale), `${own} and ${scaled} of ${scale} times the target`);
    },
  }),
  law({
    op: 'crossEntropy',
    name: 'is-divergence-and-entropy',
    mistake: 'a cross-entropy that is not KL(t‖p) + H(t)',
    of: pair,
    needs: { kernels: ['softCrossEntropy', 'softmax', 'klDivergence', 'entropy'], dtypes: ['float64'] },
    async holds({ softmax }, [x, t]) {
      const [input, target] = [shaped(x, [x.length], 'float64'), shaped(t, [x.length], 'float64')];
      const one = async (pending: unknown) => (await outputs(pending))[0]?.data[0] as number;
      const p = await softmax.softmax(input);
      const [kl, h] = [await one(softmax.klDivergence(target, p)), await one(softmax.entropy(target))];
      p.dispose();
      const ce = await one(softmax.crossEntropy(input, { probabilities: target }));
      must(Math.abs(ce - kl - h) <= 1e-11 * Math.max(1, ce), `${ce} is not ${kl} + ${h}`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'crossEntropyGrad',
    name: 'probabilities-sum-to-0',
    mistake: 'a gradient that pushes all logits one way: softmax does not see a shift',
    of: fc.tuple(pair, smoothing),
    needs: { kernels: ['softCrossEntropyGrad'], dtypes: ['float32'] },
    async holds({ softmax }, [[x, t], labelSmoothing]) {
      const target = { probabilities: shaped(t, [x.length], 'float32') };
      const pending = softmax.crossEntropyGrad(shaped(x, [x.length], 'float32'), target, { labelSmoothing });
      const [, dx] = await outputs(pending);
      const sum = Array.from(dx?.data ?? []).reduce((a, b) => a + b, 0);
      must(Math.abs(sum) <= 2 ** -18 * x.length, `dx sums to ${sum}`);
    },
  }),
  law({
    op: 'crossEntropyGrad',
    name: 'loss-is-the-loss',
    mistake: 'a loss beside the gradient that is another one than alone',
    of: fc.tuple(pair, smoothing),
    needs: { kernels: ['softCrossEntropy', 'softCrossEntropyGrad'], dtypes: ['float32'] },
    async holds({ softmax }, [[x, t], labelSmoothing]) {
      const target = { probabilities: shaped(t, [x.length], 'float32') };
      const input = shaped(x, [x.length], 'float32');
      const [alone] = await outputs(softmax.crossEntropy(input, target, { labelSmoothing }));
      const [beside] = await outputs(softmax.crossEntropyGrad(input, target, { labelSmoothing }));
      const [a, b] = [alone?.data[0] as number, beside?.data[0] as number];
      must(near(a, b, a), `${a} alone, ${b} beside the gradient`);
    },
  }),
];
