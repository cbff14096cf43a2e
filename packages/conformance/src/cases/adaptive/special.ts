import type { Clusters } from '../../operations/clusters.ts';
import { takes } from '../../operations/described.ts';
import { type Operation, specialsOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { weightsOfAnySize } from '../magnitudes.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const BASE: Clusters = {
  h: [1, -2],
  d: 1,
  cutoffs: [2],
  head: [0.5, -1, 0.25],
  tails: [{ projection: [0.5], weight: [1, -1, 2] }],
  target: [0, 3],
};
const two = (more: Partial<Clusters>): Clusters => ({ ...BASE, ...more });
const lost = { projection: [nan], weight: [nan, nan, nan] };

interface Special {
  readonly name: string;
  readonly mistake: string;
  readonly examples: readonly Clusters[];
}

const SPECIALS: readonly Special[] = [
  {
    name: 'nan-row',
    mistake: 'a NaN that is lost in a max, or that reaches another row',
    examples: [two({ h: [nan, 1], reduction: 'none' }), two({ h: [1, nan], reduction: 'none' })],
  },
  {
    name: 'infinite-logits',
    mistake: 'a +inf taken for certainty: as in softmax it is NaN; −inf has neither probability nor gradient',
    examples: [
      two({ headBias: [0, inf, 0] }),
      two({ headBias: [0, -inf, 0] }),
      two({ headBias: [-inf, 0, 0], target: [1, 2] }),
    ],
  },
  {
    name: 'lost-below-impossible',
    mistake:
      '0·NaN: classes of an impossible tail have probability 0 and no gradient, whatever its weights are',
    examples: [
      two({ headBias: [0, 0, -inf], tails: [lost], target: [0, 1] }),
      two({ headBias: [0, 0, -inf], tails: [{ projection: [inf], weight: [1, 0, -1] }], target: [0, 1] }),
      two({ h: [nan, 1], headBias: [0, 0, -inf], tails: [lost], target: [0, 1], reduction: 'none' }),
    ],
  },
  {
    name: 'impossible-in-a-lost-head',
    mistake: 'a gradient of a −inf logit of the head, or of its tail, because another logit is NaN or +inf',
    examples: [nan, inf].flatMap((bad) => [
      two({ headBias: [bad, 0, -inf], target: [0, 1] }),
      two({ headBias: [-inf, bad, 0], target: [1, 3] }),
      two({ headBias: [0, bad, -inf], tails: [lost], target: [0, 1] }),
    ]),
  },
  {
    name: 'tail-of-one',
    mistake: 'a tail of one class that is less than certain once it is chosen',
    examples: [
      { ...BASE, cutoffs: [1], head: [0, 0], tails: [{ projection: [5], weight: [-3] }], target: [1, 0] },
      { ...BASE, cutoffs: [1], head: [9, -300], tails: [{ projection: [5], weight: [-3] }], target: [1, 1] },
    ],
  },
  {
    name: 'ties-and-zeros',
    mistake: 'different results for equal logits, or a head that counts the classes of its tails',
    examples: [two({ head: [0, 0, 0] }), two({ h: [0, -0] }), two({ h: [2 ** -149, 3e38] })],
  },
  {
    name: 'far-tails',
    mistake: 'a product of probabilities that underflows before its logarithm',
    examples: [
      two({ head: [90, 0, -90], target: [2, 3], h: [1, 1] }),
      two({ tails: [{ projection: [100], weight: [3, 0, -3] }], target: [4, 2], h: [1, -1] }),
      two({ head: [20, 0, 0], target: [0, 0], h: [1, 2] }),
    ],
  },
];

const LOSSES: readonly Special[] = [
  {
    name: 'absent-tail',
    mistake: 'a tail without a target that is read: its NaN must not matter, its gradient is 0',
    examples: [
      two({ tails: [lost], target: [0, 1] }),
      two({
        cutoffs: [1, 3],
        head: [1, 2, 3],
        tails: [{ projection: [1], weight: [1, 2] }, lost],
        target: [0, 2],
      }),
      two({ tails: [lost], target: [0, -100], reduction: 'sum' }),
    ],
  },
  {
    name: 'ignored-nan',
    mistake: 'an ignored row that is read: 0·NaN',
    examples: (['mean', 'sum', 'none'] as const).map((reduction) =>
      two({ h: [nan, 1], target: [-100, 3], reduction }),
    ),
  },
  {
    name: 'impossible-target',
    mistake: 'a loss that is clipped: under a −inf logit it is +inf',
    examples: [two({ headBias: [-inf, 0, 0] }), two({ headBias: [0, 0, -inf] })],
  },
  {
    name: 'target-in-an-impossible-tail',
    mistake: 'inf + NaN: in a tail that is impossible a target has loss +inf, and nothing there a gradient',
    examples: [
      two({ headBias: [0, 0, -inf], tails: [lost], reduction: 'none' }),
      two({ headBias: [0, 0, -inf], tails: [{ projection: [inf], weight: [1, 0, -1] }] }),
    ],
  },
  {
    name: 'nothing-that-counts',
    mistake: 'a mean of nothing that is NaN',
    examples: [two({ h: [nan, 1], target: [-100, -100] })],
  },
];

const WEIGHTED: Special = {
  name: 'weight-0',
  mistake: 'a row of weight 0 that is read, or whose tail is',
  examples: [two({ h: [1, nan], tails: [lost], target: [0, 3], tokenWeight: [1, 0] })],
};

export const special = (operation: Operation<Clusters>): readonly Case[] => {
  const { op } = operation;
  const weighted = takes(op, 'tokenWeight') ? [WEIGHTED] : [];
  const own = !takes(op, 'target') ? SPECIALS : [...SPECIALS, ...LOSSES, ...weighted];
  const rows: Clusters = { ...BASE, h: [1, -0.5], target: [2, 0] };
  const magnitudes = weighted.length > 0 ? weightsOfAnySize(operation, rows) : [];
  return [...specialsOf(operation, own), ...magnitudes];
};

export const cotangents = (operation: Operation<Clusters>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'cotangents summed over classes, rows or features as they are: sums and products of large ones overflow',
    (size, other): readonly Clusters[] => {
      const of = (...dy: readonly number[]) => dy.map((v) => v * size);
      const [up, down] = [of(1.9, -1.5, 1.9, 1.7, -1.1), of(-1.9, 1.5, -1.9, -1.7, 1.1)];
      const rest = [0.5, -0.25, 0.75, -1, 0.25].map((v) => v * other);
      return [
        {
          ...BASE,
          h: [1, 0.75, 1, 0.5],
          target: [2, 0, 3, 4],
          reduction: 'none',
          dy: [...of(1.9, 1.9, -1.9), -1.3 * other],
          leaves: [...up, ...up, ...down, ...rest],
          where: 'rows',
        },
        {
          ...BASE,
          h: [1, 1, -1],
          target: [2, 1, 4],
          tokenWeight: [100, 50, 20],
          dy: 1.9 * size,
          leaves: [...up, ...down, ...rest],
          where: 'a mean of weighted rows',
        },
      ];
    },
  );
