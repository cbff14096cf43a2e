import type { SoftmaxOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import { must } from '../../judge/outputs.ts';
import type { Forward } from '../../operations/distribution.ts';
import { type Case, kernelOf } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125];
const DY = [1, -2, 0.5, 3, -1, 0.25, 2, -0.5];
const shape = [2, 4];
const mask = [true, false, true, true, true, true, false, true];

const VARIANTS: readonly (readonly [string, SoftmaxOptions])[] = [
  ['plain', {}],
  ['axis 0', { axis: 0 }],
  ['both axes', { axis: null }],
  ['T = 0.5', { temperature: 0.5 }],
  ['T per row', { temperature: [0.5, 3] }],
  ['a sink', { sink: 0.75 }],
  ['a cap', { softcap: 1.5 }],
  ['a mask', { mask: { data: mask, shape } }],
  ['all of them', { mask: { data: mask, shape }, temperature: [0.5, 3], sink: [0.75, -1], softcap: 1.5 }],
];

/** The vector–Jacobian product against the operation itself. */
export const gradient = (op: Forward): readonly Case[] => {
  const grad = `${op}Grad` as const;
  const needs = { kernels: [kernelOf(op), kernelOf(grad)], dtypes: ['float64'] } as const;
  const base = { category: 'gradient', op: grad } as const;
  return [
    ...VARIANTS.map(
      ([where, options]): Case => ({
        ...base,
        name: `differences-${where.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
        mistake:
          'a gradient that is not that of the operation: a factor 1/T, a sign or a chain rule forgotten',
        needs,
        async run({ softmax }) {
          const f = async (x: readonly number[]) => {
            const y = await read(await softmax[op](shaped(x, shape, 'float64'), options), 'float64', shape);
            // A masked log-probability is −inf, and no gradient comes from it.
            return dot(
              y.map((v) => (Number.isFinite(v) ? v : 0)),
              DY,
            );
          };
          const [x, dy] = [shaped(X, shape, 'float64'), shaped(DY, shape, 'float64')];
          const dx = await read(await softmax[grad](x, dy, options), 'float64', shape);
          await agrees(f, X, dx, where);
          return undefined;
        },
      }),
    ),
    {
      ...base,
      name: 'masked-cotangents-are-not-read',
      mistake: 'NaN in dy of a masked entry that reaches the others: 0·NaN',
      needs: { kernels: [kernelOf(grad)], dtypes: ['float64'] },
      async run({ softmax }) {
        const dy = DY.map((v, k) => (mask[k] ? v : Number.NaN));
        const options = { mask: { data: mask, shape } };
        const call = async (g: readonly number[]) =>
          read(
            await softmax[grad](shaped(X, shape, 'float64'), shaped(g, shape, 'float64'), options),
            'float64',
            shape,
          );
        const [dx, clean] = [await call(dy), await call(DY)];
        for (const [k, v] of dx.entries())
          must(v === clean[k] && (mask[k] || v === 0), `dx[${k}] is ${v}, not ${clean[k]}`);
        return undefined;
      },
    },
  ];
};
