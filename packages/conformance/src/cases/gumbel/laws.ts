import fc from 'fast-check';
import { must } from '../../judge/outputs.ts';
import type { Case } from '../../plan/case.ts';
import { law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const possible = rows.filter((x) => x.some(Number.isFinite));
const seeded = fc.tuple(possible, fc.integer());

export const laws: readonly Case[] = [
  law({
    op: 'gumbelSoftmax',
    name: 'without-noise-it-is-softmax',
    mistake: 'noise of its own beside the noise given',
    of: fc.tuple(possible, fc.constantFrom(0.5, 1, 3)),
    needs: { kernels: ['gumbelSoftmax', 'softmax'], dtypes: ['float32'] },
    async holds({ softmax }, [x, temperature]) {
      const [input, shape] = [shaped(x, [x.length], 'float32'), [x.length]];
      const noise = x.map(() => 0);
      const y = await read(await softmax.gumbelSoftmax(input, { noise, temperature }), 'float32', shape);
      const p = await read(await softmax.softmax(input, { temperature }), 'float32', shape);
      for (const [k, v] of y.entries())
        must(Math.abs(v - (p[k] as number)) <= 2 ** -17 * v, `[${k}]: ${v} and ${p[k]}`);
    },
  }),
  law({
    op: 'gumbelSoftmax',
    name: 'hard-is-at-the-largest-of-soft',
    mistake: 'a hard sample at another noise than the soft one',
    of: seeded,
    async holds({ softmax }, [x, seed]) {
      const [input, shape] = [shaped(x, [x.length], 'float32'), [x.length]];
      const soft = await read(await softmax.gumbelSoftmax(input, { seed }), 'float32', shape);
      const hard = await read(await softmax.gumbelSoftmax(input, { seed, hard: true }), 'float32', shape);
      const at = hard.indexOf(1);
      must(hard.every((v, k) => v === Number(k === at)) && at >= 0, `${hard} is not one-hot`);
      must(soft[at] === Math.max(...soft), `${soft[at]} is not the largest of ${soft}`);
    },
  }),
  law({
    op: 'gumbelSoftmax',
    name: 'rows-have-noise-of-their-own',
    mistake: 'one draw repeated for every row (tfjs)',
    of: fc.integer(),
    async holds({ softmax }, seed) {
      const x = shaped(new Array<number>(64).fill(0), [8, 8], 'float32');
      const y = await read(await softmax.gumbelSoftmax(x, { seed }), 'float32', [8, 8]);
      must(new Set(y).size > 56, `only ${new Set(y).size} of 64 values differ`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'gumbelSoftmaxGrad',
    name: 'sums-to-0',
    mistake: 'dy that is not centred by the sample',
    of: seeded,
    async holds({ softmax }, [x, seed]) {
      const [input, shape] = [shaped(x, [x.length], 'float32'), [x.length]];
      const dy = shaped(
        x.map((_, k) => 1 - (k % 3)),
        shape,
        'float32',
      );
      const dx = await read(await softmax.gumbelSoftmaxGrad(input, dy, { seed }), 'float32', shape);
      const sum = dx.reduce((a, b) => a + b, 0);
      must(Math.abs(sum) <= 2 ** -18, `Σ dx = ${sum}`);
      must(
        dx.every((v, k) => Number.isFinite(x[k]) || v === 0),
        `${dx}`,
      );
    },
  }),
];
