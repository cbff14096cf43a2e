import { agrees, dot } from '../../judge/differences.ts';
import { type Case, kernelOf, unmeasured } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';
import { isSumGrad } from '../contract/shapes.ts';
import { LOGITS, random, seedOf } from '../random.ts';

const OPS = ['softmax', 'softmin', 'logSoftmax', 'logSumExp', 'logMeanExp', 'logCumSumExp'] as const;
/** Those whose third derivatives are small enough for central differences. */
const KINDS = ['normal-1', 'ties', 'digits', 'one-dominant'] as const;
const SHAPES: readonly (readonly [rows: number, n: number])[] = [
  [3, 1],
  [2, 2],
  [2, 5],
  [1, 16],
];

/** Every vector–Jacobian product against central differences of its operation, on rows that nobody chose. */
export const randomGradients: readonly Case[] = OPS.flatMap((op) =>
  KINDS.flatMap((kind) =>
    ([-1, 0] as const).map((axis) => {
      const grad = `${op}Grad` as const;
      return unmeasured(
        {
          category: 'gradient',
          op: grad,
          name: `random-${kind}-along-${axis === 0 ? 'the-first' : 'the-last'}`,
          mistake:
            'a gradient that is right only where it was derived: at ties, at one dominant logit, at n = 1',
          needs: { kernels: [kernelOf(op), kernelOf(grad)], dtypes: ['float64'] },
        },
        async ({ softmax, seed }) => {
          const next = random(seedOf(seed, `${op} ${kind} ${axis}`));
          for (const [rows, n] of SHAPES) {
            const shape = axis === 0 ? [n, rows] : [rows, n];
            const x = LOGITS[kind]?.(rows * n, next) ?? [];
            const reduced = isSumGrad(grad) ? [rows] : shape;
            const dy = Array.from({ length: reduced.reduce((a, b) => a * b, 1) }, () => 4 * next() - 2);
            const f = async (v: readonly number[]) =>
              dot(
                await read(await softmax[op](shaped(v, shape, 'float64'), { axis }), 'float64', reduced),
                dy,
              );
            const g = await softmax[grad](shaped(x, shape, 'float64'), shaped(dy, reduced, 'float64'), {
              axis,
            });
            await agrees(f, x, await read(g, 'float64', shape), `${kind} of [${shape}]`);
          }
        },
      );
    }),
  ),
);
