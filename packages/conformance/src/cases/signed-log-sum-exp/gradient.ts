import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125];
const B = [1, 2, -0.5, 1, -3, 1, 0.5, -1];
const shape = [2, 4];
const of = (v: readonly number[]) => shaped(v, shape, 'float64');

const VARIANTS: readonly (readonly [string, object, readonly number[], readonly number[]])[] = [
  ['plain', {}, [1.5, -2], [2]],
  ['axis-0', { axis: 0 }, [1.5, -2, 1, 0.5], [4]],
  ['mask', { mask: { data: [true, false, true, true, true, true, false, true], shape } }, [1.5, -2], [2]],
];

export const gradient: readonly Case[] = VARIANTS.map(([name, options, dy, outer]) => ({
  category: 'gradient',
  op: 'logSumExpGrad',
  name: `differences-factors-${name}`,
  mistake: 'a gradient, for the logits or for the factors, that is not that of log |Σ b·e^x|',
  needs: { kernels: ['signedLogSumExp', 'signedLogSumExpGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const f = async (x: readonly number[], b: readonly number[]) => {
      const { y, sign } = await softmax.logSumExp(of(x), { ...options, b: of(b), returnSign: true });
      sign.dispose();
      return dot(await read(y, 'float64', outer), dy);
    };
    const g = shaped(dy, outer, 'float64');
    const given = { ...options, b: of(B), returnSign: true };
    const { dx, db } = await softmax.logSumExpGrad(of(X), g, given);
    await agrees((x) => f(x, B), X, await read(dx, 'float64', shape), `${name}, x`);
    await agrees((b) => f(X, b), B, await read(db, 'float64', shape), `${name}, b`);
    return undefined;
  },
}));
