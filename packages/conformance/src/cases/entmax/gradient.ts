import { agrees, dot } from '../../judge/differences.ts';
import { must } from '../../judge/outputs.ts';
import { type Backward, backward, type Forward, forward } from '../../operations/entmax.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';
import { each, named } from './alphas.ts';

/** No two of a row are as far apart as a threshold of theirs: there is no derivative. */
const X = [0.5, -1, 0.75, 0.6, 0.07, -0.25, 1, 0.125];
const DY = [1, -2, 0.5, 3, -1, 0.25, 2, -0.5];
const shape = [2, 4];
const mask = [true, false, true, true, true, true, false, true];
const VARIANTS: readonly (readonly [string, object])[] = [
  ['plain', {}],
  ['axis-0', { axis: 0 }],
  ['all-axes', { axis: null }],
  ['mask', { mask: { data: mask, shape } }],
];

/** The vector–Jacobian product against the operation itself. */
export const gradient = (op: Backward): readonly Case[] => {
  const base = op === 'sparsemaxGrad' ? 'sparsemax' : ('entmax' satisfies Forward);
  return each(op, [1, 1.25, 1.5, 2, 3], (alpha) => {
    const more = op === 'entmaxGrad' ? { alpha } : {};
    const kernels = [forward(base, alpha).kernel, backward(op, alpha).kernel].filter((k) => k !== undefined);
    return VARIANTS.map(([name, given]) => ({
      category: 'gradient',
      op,
      name: named(op, `differences-${name}`, alpha),
      mistake: 'a gradient that is not that of the operation',
      needs: { kernels, dtypes: ['float64'] },
      async run({ softmax }) {
        const options = { ...given, ...more };
        const f = async (x: readonly number[]) =>
          dot(await read(await softmax[base](shaped(x, shape, 'float64'), options), 'float64', shape), DY);
        const [x, dy] = [shaped(X, shape, 'float64'), shaped(DY, shape, 'float64')];
        await agrees(f, X, await read(await softmax[op](x, dy, options), 'float64', shape), name);
        return undefined;
      },
    }));
  });
};

/** dy outside the support is not read. */
export const unread = (op: Backward): Case => ({
  category: 'gradient',
  op,
  name: 'cotangents-outside-are-not-read',
  mistake: '0·NaN: a cotangent outside of the support, or masked, that reaches the others',
  needs: { kernels: ['entmaxGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const [x, inside] = [
      [3, 2.5, -5, 2.75, Number.NEGATIVE_INFINITY],
      [true, true, false, true, false],
    ];
    const run = async (dy: readonly number[]) =>
      read(await softmax[op](shaped(x, [5], 'float64'), shaped(dy, [5], 'float64')), 'float64', [5]);
    const dy = [1, -2, 0.5, 3, 4];
    const [clean, dx] = [await run(dy), await run(dy.map((v, k) => (inside[k] ? v : Number.NaN)))];
    for (const [k, v] of dx.entries())
      must(v === clean[k] && (inside[k] || v === 0), `dx[${k}] is ${v}, not ${clean[k]}`);
    return undefined;
  },
});
