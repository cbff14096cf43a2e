import type { Clusters } from '../../operations/clusters.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { clusters, everySize, SIZES } from './clusters.ts';

const SPREADS = {
  float16: ['uniform-10', 'ties'],
  float32: ['uniform-10', 'normal-10', 'normal-50', 'one-dominant', 'ties'],
  float64: ['normal-10', 'normal-50'],
};

export const accuracy = (operation: Operation<Clusters>): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'accuracy',
      name: 'every-size',
      mistake: 'a float32 sum of w·h, log(p) for a log-softmax, or a projection rounded on the way',
      dtype,
      examples: (trial) => everySize(trial, dtype, SPREADS[dtype]),
    }),
  );

/** Batches whose targets lie in the head, in tails, nowhere. */
export const batches = (operation: Operation<Clusters>): readonly Case[] =>
  (['mean', 'sum', 'none'] as const).map((reduction) =>
    caseOf(operation, {
      category: 'known',
      name: `batches-${reduction}`,
      mistake:
        '1/N with ignored rows, the place in a tail off by its cutoff, a shared row that the last token wins',
      *examples(trial) {
        for (const sizes of SIZES.slice(1)) {
          const all = { ...clusters(trial, sizes, 'uniform-10', 'float32', 6), reduction };
          const dy = reduction === 'none' ? [1, -2, 3, 0.5, 1, 1.5] : 0.7;
          const target = [2, 5, -100, 3, 0, 6];
          yield { ...all, target, dy, where: `${all.where}, plain` };
          yield { ...all, target, dy, tokenWeight: [1, 0.25, 3, 0, 1, 2], where: `${all.where}, weighted` };
          if (reduction === 'mean')
            yield { ...all, target, denominator: 7, where: `${all.where}, denominator 7` };
          const own = target.map((label) => (label < 0 ? 1 : label));
          yield { ...all, target: own, ignoreIndex: 3, where: `${all.where}, ignoring class 3` };
        }
      },
    }),
  );
