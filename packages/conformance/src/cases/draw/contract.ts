import { gumbelNoise } from '@softmax/core';
import { outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { type Draw, type Drawing, draw } from '../../operations/draw.ts';
import { caseOf } from '../../operations/operation.ts';
import { type Case, needs } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { type AnyCall, callOf } from '../contract/call.ts';
import { singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { noisy } from '../gumbel/noisy.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const none = { kernels: [], dtypes: [] };

const classAxes = (op: Draw): readonly Omit<Drawing, 'noise'>[] =>
  singleAxes.flatMap(({ axis = -1, ...shaping }) => {
    const n = shaping.shape.at(axis as number) ?? 1;
    const counts = op === 'sample' ? [1] : [1, Math.ceil(n / 2), n];
    return counts.map((k) => ({ ...shaping, axis: axis as number, k }));
  });

export const contract = (op: Draw): readonly Case[] => [
  caseOf(draw(op), {
    category: 'contract',
    name: 'every-class-axis',
    mistake: 'classes that must be along the last axis, or draws along another',
    examples: (trial) => noisy(trial, classAxes(op)),
  }),
  seeded(op),
  wrongRows(op),
  wrongOptions(op),
  ...buffers(op),
  ...wrongCalls(op),
];

const seeded = (op: Draw): Case => ({
  category: 'contract',
  op,
  name: 'a-seed-is-its-noise',
  mistake: 'draws that no other backend makes from the same seed, or one draw for every row (tfjs)',
  needs: needs(op),
  async run({ softmax }) {
    const shape = [50, 7];
    const x = { data: Float32Array.from({ length: 350 }, (_, k) => (k % 11) / 4), shape };
    for (const source of [{ seed: 0 }, { seed: -1, stream: 3 }, { seed: 0x123456789abcdef0n, stream: 1 }])
      for (const options of [{}, { temperature: 0.3 }, { temperature: 5, axis: 0 }]) {
        const call = (more: object) => outputs(callOf(op)(softmax, x, { ...options, ...more }));
        const given = { seed: undefined, noise: gumbelNoise(shape, source) };
        const bySeed = await call(source);
        same(bySeed, await call(given), `seed ${source.seed}`);
        same(bySeed, await call(source), `seed ${source.seed} again`);
      }
    return undefined;
  },
});

/** What has no answer is an error, for values on the host and on the device. */
const wrongRows = (op: Draw): Case => ({
  category: 'contract',
  op,
  name: 'rows-without-an-answer',
  mistake: 'an impossible class returned where nothing, or too little, is possible (PyTorch, JAX)',
  needs: needs(op),
  async run(trial) {
    const mask = [true, false, false];
    const wrong = [
      ['EMPTY', [-inf, -inf, -inf], {}],
      ['EMPTY', [-inf, 1, 2], { mask }],
      ['INVALID_INPUT', [1, nan, 2], {}],
      ['INVALID_INPUT', [1, 2, inf], {}],
    ] as const;
    const few = [
      ['INVALID_OPTION', [1, -inf, -inf], {}],
      ['INVALID_OPTION', [1, 2, 3], { mask }],
    ] as const;
    for (const [code, row, options] of op === 'sample' ? wrong : [...wrong, ...few]) {
      const x = { data: Float32Array.of(1, 2, 3, ...row), shape: [2, 3] };
      const full = 'mask' in options ? { mask: [[true, true, true], mask] } : {};
      const call = (on: Parameters<AnyCall>[1]) => callOf(op)(trial.softmax, on, full);
      await refuses(trial, code, () => call(x), `${row} on the host`);
      const tensor = trial.softmax.tensor(x);
      await refuses(trial, code, () => call(tensor), `${row} in a tensor`);
      tensor.dispose();
    }
    if (op === 'sampleWithoutReplacement') {
      const x = Float32Array.of(1, -inf, 2);
      for (const k of [3, 4])
        await refuses(trial, 'INVALID_OPTION', () => trial.softmax[op](x, k, { seed: 0 }), `${k} of two`);
    }
    return undefined;
  },
});

const wrongOptions = (op: Draw): Case => ({
  category: 'contract',
  op,
  name: 'wrong-options',
  mistake: 'a temperature below 0, no noise at all, several class axes, a k that is no count',
  needs: none,
  async run(trial) {
    const X = [
      [1, 2],
      [3, 4],
    ];
    const seedless = { seed: undefined };
    const wrong = {
      INVALID_OPTION: [
        seedless,
        { noise: X },
        { ...seedless, noise: X, stream: 1 },
        { ...seedless, noise: [X[0], [0, nan]] },
        ...[0.5, nan, 2 ** 53, '1'].map((seed) => ({ seed })),
        ...[-1, 2 ** 32].map((stream) => ({ stream })),
        ...[-1, nan, inf, 2 ** 97].map((temperature) => ({ temperature })),
        { hard: true },
      ],
      INVALID_SHAPE: [[1, 2, 3], [[1, 2]]].map((noise) => ({ ...seedless, noise })),
      INVALID_AXIS: [[0], [0, 1], null].map((axis) => ({ axis })),
    };
    for (const code of ['INVALID_OPTION', 'INVALID_SHAPE', 'INVALID_AXIS'] as const)
      for (const options of wrong[code])
        await refuses(trial, code, () => callOf(op)(trial.softmax, X, options), Object.keys(options).join());
    if (op === 'sampleWithoutReplacement')
      for (const k of [0, -1, 1.5, nan, inf])
        await refuses(trial, 'INVALID_OPTION', () => trial.softmax[op](X, k, { seed: 0 }), `k = ${k}`);
    return undefined;
  },
});
