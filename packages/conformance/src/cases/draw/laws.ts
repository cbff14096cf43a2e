import fc from 'fast-check';
import { must, outputs } from '../../judge/outputs.ts';
import type { Draw } from '../../operations/draw.ts';
import type { Case } from '../../plan/case.ts';
import { law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const seeded = fc.tuple(
  rows.filter((x) => x.some(Number.isFinite)),
  fc.integer(),
);

export const laws = (op: Draw): readonly Case[] => (op === 'sample' ? ONE : SEVERAL);

const ONE: readonly Case[] = [
  law({
    op: 'sample',
    name: 'is-where-a-hard-gumbel-softmax-is-1',
    mistake: 'two ways to draw that disagree at the same seed',
    of: seeded,
    needs: { kernels: ['gumbelTopK', 'gumbelSoftmax'], dtypes: ['float32'] },
    async holds({ softmax }, [x, seed]) {
      const [input, shape] = [shaped(x, [x.length], 'float32'), [x.length]];
      const [drawn] = await outputs(softmax.sample(input, { seed }));
      const hard = await read(await softmax.gumbelSoftmax(input, { seed, hard: true }), 'float32', shape);
      must(hard[drawn?.data[0] as number] === 1, `class ${drawn?.data[0]} of ${hard}`);
    },
  }),
];

const SEVERAL: readonly Case[] = [
  law({
    op: 'sampleWithoutReplacement',
    name: 'different-and-possible',
    mistake: 'a class drawn twice, or an impossible one',
    of: seeded,
    async holds({ softmax }, [x, seed]) {
      const input = shaped(x, [x.length], 'float32');
      const support = x.filter(Number.isFinite).length;
      const [all] = await outputs(softmax.sampleWithoutReplacement(input, support, { seed }));
      const classes = Array.from(all?.data ?? []);
      must(new Set(classes).size === support, `${classes}: some twice`);
      must(
        classes.every((c) => Number.isFinite(x[c])),
        `${classes}: an impossible one`,
      );
      const [first] = await outputs(softmax.sample(input, { seed }));
      must(first?.data[0] === classes[0], `${first?.data[0]} is drawn first, not ${classes[0]}`);
      for (let k = 1; k < support; k++) {
        const [some] = await outputs(softmax.sampleWithoutReplacement(input, k, { seed }));
        must(
          Array.from(some?.data ?? []).join() === classes.slice(0, k).join(),
          `${k} are not the first of all`,
        );
      }
    },
  }),
];
