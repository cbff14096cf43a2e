import { gumbelNoise } from '@softmax/core';
import { outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import type { Perturbed } from '../../operations/gumbel.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import { type Case, needs } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { callOf } from '../contract/call.ts';
import { inputs } from '../contract/inputs.ts';
import { severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { noisy } from './noisy.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const X = [
  [1, 2],
  [3, 4],
];

export const contract = (operation: Operation<Perturbed>): readonly Case[] => [
  caseOf(operation, {
    category: 'contract',
    name: 'every-axis',
    mistake: 'noise along another axis than the logits, or the wrong stride',
    examples: (trial) => noisy(trial, singleAxes),
  }),
  caseOf(operation, {
    category: 'contract',
    name: 'several-axes',
    mistake: 'axes that are not neighbours: the logits moved and the noise not',
    examples: (trial) => noisy(trial, severalAxes),
  }),
  seeded(operation),
  wrongNoise(operation),
  ...inputs(operation.op),
  ...buffers(operation.op),
  ...wrongCalls(operation.op),
];

/** One seed, one result: what the documented generator gives is what a seed stands for. */
const seeded = ({ op }: Operation<Perturbed>): Case => ({
  category: 'contract',
  op,
  name: 'a-seed-is-its-noise',
  mistake: "noise of the backend's own (onnxruntime), or one draw repeated for every row (tfjs)",
  needs: needs(op),
  async run({ softmax }) {
    const shape = [5, 7];
    const x = { data: Float32Array.from({ length: 35 }, (_, k) => (k % 11) / 4), shape };
    for (const source of [{ seed: 0 }, { seed: -1, stream: 3 }, { seed: 0x123456789abcdef0n, stream: 1 }])
      for (const options of [{}, { hard: true }, { temperature: 0.25, axis: 0 }]) {
        const noise = gumbelNoise(shape, source);
        const call = (more: object) => outputs(callOf(op)(softmax, x, { ...options, ...more }, x));
        const bySeed = await call(source);
        same(bySeed, await call({ seed: undefined, noise }), `seed ${source.seed}`);
        same(bySeed, await call(source), `seed ${source.seed} again`);
      }
    return undefined;
  },
});

const wrongNoise = ({ op }: Operation<Perturbed>): Case => ({
  category: 'contract',
  op,
  name: 'wrong-noise-and-temperature',
  mistake: 'noise of another shape, no noise at all, or a temperature below 0 that turns the order around',
  needs: { kernels: [], dtypes: [] },
  async run(trial) {
    const none = { seed: undefined };
    const wrong = {
      INVALID_OPTION: [
        none,
        { noise: X },
        { ...none, noise: X, stream: 1 },
        ...[nan, inf, -inf].map((bad) => ({ ...none, noise: [X[0], [0, bad]] })),
        ...[0.5, nan, 2 ** 53, 2n ** 64n, '1'].map((seed) => ({ seed })),
        ...[-1, 0.5, 2 ** 32].map((stream) => ({ stream })),
        ...[-1, -1e-300, nan, -inf, '1'].map((temperature) => ({ temperature })),
        { tau: 1 },
        { softcap: 1 },
      ],
      INVALID_SHAPE: [[1, 2, 3], [[1, 2]], [[1], [2]], 1].map((noise) => ({ ...none, noise })),
    };
    for (const code of ['INVALID_OPTION', 'INVALID_SHAPE'] as const)
      for (const options of wrong[code]) {
        const where = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`);
        await refuses(trial, code, () => callOf(op)(trial.softmax, X, options), where.join());
      }
    return undefined;
  },
});
