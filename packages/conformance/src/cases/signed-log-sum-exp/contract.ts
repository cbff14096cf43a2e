import type { LogSumExpOptions } from '@softmax/core';
import { outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { SignedTerms } from '../../operations/signed-log-sum-exp.ts';
import { type Case, needs } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { type AnyCall, callOf } from '../contract/call.ts';
import { type Shaping, severalAxes, singleAxes } from '../contract/shapes.ts';

const X = { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
const B = [2, -1, 3];

const signed = (each: Shaping): SignedTerms => ({
  ...each,
  b: each.x.map((_, k) => (((k * 29) % 17) - 6) / 4),
});

const forward: AnyCall = (on, x, options, b = [1, -0.5]) =>
  on.logSumExp(x, { ...(options as LogSumExpOptions), b, returnSign: true });
const backward: AnyCall = (on, x, options, dy = [1, -2]) =>
  on.logSumExpGrad(x, dy, { ...(options as LogSumExpOptions), b: [1, -0.5], returnSign: true });

export const contract = (operation: Operation<SignedTerms>): readonly Case[] => {
  const { op, kernel } = operation;
  if (kernel !== 'signedLogSumExp' && kernel !== 'signedLogSumExpGrad') return [];
  const call = op === 'logSumExp' ? forward : backward;
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'factors-along-every-axis',
      mistake: 'factors read along another axis than x',
      examples: [...singleAxes, ...severalAxes].map(signed),
    }),
    caseOf(operation, {
      category: 'contract',
      name: 'factors-and-kept-axes',
      mistake: 'keepDims that is forgotten for the sign',
      examples: [...singleAxes, ...severalAxes].map((each) => ({ ...signed(each), keepDims: true })),
    }),
    {
      category: 'contract',
      op,
      name: 'factors-broadcast',
      mistake: 'factors that must be as large as x, or that are spread along the wrong axis',
      needs: needs(op, 'float32', kernel),
      async run({ softmax }) {
        const solved = (b: LogSumExpOptions['b']) => {
          const options = { b: b ?? 1, returnSign: true } as const;
          return op === 'logSumExp'
            ? outputs(softmax.logSumExp(X, options))
            : outputs(softmax.logSumExpGrad(X, [1, -2], options));
        };
        const full = await solved([B, B]);
        same(await solved(B), full, 'a row');
        same(await solved([B]), full, 'one row of two');
        same(await solved(softmax.tensor([B, B], [2, 3], 'float32')), full, 'a tensor');
        same(await solved([[2], [2]]), await solved(2), 'a column, a number');
        return undefined;
      },
    },
    {
      category: 'contract',
      op,
      name: 'wrong-factors',
      mistake: 'factors of another shape, read at the wrong places',
      needs: { kernels: [], dtypes: [] },
      async run(trial) {
        for (const b of [[1, 2], [[1, 2]], [[[1, 2, 3]], [[1, 2, 3]]], [[1], [2], [3]]])
          await refuses(
            trial,
            'INVALID_SHAPE',
            () => callOf(op)(trial.softmax, X, { b }, [1, 1]),
            JSON.stringify(b),
          );
        for (const b of ['1', {}, ['a', 'b', 'c']])
          await refuses(trial, 'INVALID_INPUT', () => callOf(op)(trial.softmax, X, { b }, [1, 1]), String(b));
        return undefined;
      },
    },
    ...buffers(op, { prefix: 'factors', kernel, call }),
  ];
};
