import fc from 'fast-check';
import { must, outputs } from '../../judge/outputs.ts';
import type { Case } from '../../plan/case.ts';
import { law } from '../../plan/law.ts';
import { shaped } from '../../plan/trial.ts';

/** Two distributions whose probabilities are counts over their sum, with zeros among those of the first. */
const pair = fc.integer({ min: 1, max: 20 }).chain((n) => {
  const counts = (min: number) =>
    fc.array(fc.integer({ min, max: 50 }), { minLength: n, maxLength: n }).map((own) =>
      own.map(
        (count) =>
          count /
          Math.max(
            1,
            own.reduce((a, b) => a + b, 0),
          ),
      ),
    );
  return fc.tuple(counts(0), counts(1));
});

const first = async (pending: unknown): Promise<number> => (await outputs(pending))[0]?.data[0] ?? Number.NaN;
const row = (v: readonly number[]) => shaped(v, [v.length], 'float64');

export const klLaws: readonly Case[] = [
  law({
    op: 'klDivergence',
    name: 'never-negative',
    mistake: 'a divergence below 0 (Gibbs), or p and q the wrong way round',
    of: pair,
    needs: { kernels: ['klDivergence'], dtypes: ['float64'] },
    async holds({ softmax }, [p, q]) {
      const y = await first(softmax.klDivergence(row(p), row(q)));
      must(y >= -1e-14 || p.every((v) => v === 0), `KL is ${y}`);
      must(Object.is((await first(softmax.klDivergence(row(q), row(q)))) + 0, 0), 'KL(q‖q) is not 0');
    },
  }),
  law({
    op: 'klDivergence',
    name: 'from-uniform-is-what-entropy-lacks',
    mistake: 'logarithms of different bases: KL(p‖uniform) = log n − H(p)',
    of: pair,
    needs: { kernels: ['klDivergence', 'entropy'], dtypes: ['float64'] },
    async holds({ softmax }, [, p]) {
      const uniform = p.map(() => 1 / p.length);
      const kl = await first(softmax.klDivergence(row(p), row(uniform)));
      const h = await first(softmax.entropy(row(p)));
      must(Math.abs(kl + h - Math.log(p.length)) <= 1e-12, `${kl} + ${h} for n = ${p.length}`);
    },
  }),
];

export const entropyLaws: readonly Case[] = [
  law({
    op: 'entropy',
    name: 'bounds',
    mistake: 'an entropy below 0, above log n, or in bits',
    of: pair,
    needs: { kernels: ['entropy'], dtypes: ['float64'] },
    async holds({ softmax }, [, p]) {
      const h = await first(softmax.entropy(row(p)));
      must(h >= 0 && h <= Math.log(p.length) + 1e-13, `H is ${h} for n = ${p.length}`);
    },
  }),
  law({
    op: 'entropy',
    name: 'of-independent-pairs-is-the-sum',
    mistake: 'an entropy that does not add up over independent choices',
    of: fc.tuple(pair, pair),
    needs: { kernels: ['entropy'], dtypes: ['float64'] },
    async holds({ softmax }, [[, a], [, b]]) {
      const joint = a.flatMap((u) => b.map((v) => u * v));
      const [h, ha, hb] = [
        await first(softmax.entropy(row(joint))),
        await first(softmax.entropy(row(a))),
        await first(softmax.entropy(row(b))),
      ];
      must(Math.abs(h - ha - hb) <= 1e-12, `${h} is not ${ha} + ${hb}`);
    },
  }),
];
