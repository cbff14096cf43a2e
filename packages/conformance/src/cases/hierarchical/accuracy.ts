import type { Branches } from '../../operations/branches.ts';
import type { Draws } from '../../operations/hierarchical-draws.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { branches, everyTree, TREES } from './trees.ts';

const SPREADS = ['uniform-10', 'normal-10', 'normal-50', 'one-dominant', 'ties'] as const;

function* spread(trial: Trial, name: string): Iterable<Branches> {
  for (const tree of Object.keys(TREES)) yield branches(trial, tree, name, 'float32', trial.quick ? 1 : 2);
}

export const accuracy = (operation: Operation<Branches>): readonly Case[] => [
  ...SPREADS.map((name) =>
    caseOf(operation, {
      category: 'accuracy',
      name,
      mistake: 'a sigmoid from a table, log(p) for log σ, a float32 sum of w·h or over a path',
      examples: (trial) => spread(trial, name),
    }),
  ),
  ...(['float64', 'float16'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'accuracy',
      name: 'every-tree',
      mistake: 'a type that is left on the way down a tree',
      dtype,
      examples: (trial) => everyTree(trial, dtype),
    }),
  ),
];

const REDUCTIONS = ['mean', 'sum', 'none'] as const;

/** Batches with rows that share paths, are ignored, weighted, or of weight 0. */
export const batches = (operation: Operation<Branches>): readonly Case[] =>
  REDUCTIONS.map((reduction) =>
    caseOf(operation, {
      category: 'known',
      name: `batches-${reduction}`,
      mistake:
        '1/N with ignored rows, weights in the wrong mean, a shared weight row that the last token wins',
      *examples(trial) {
        for (const tree of ['binary', 'ternary', 'mixed', 'wide-below']) {
          const all = branches(trial, tree, 'uniform-10', 'float32', 6, 2);
          const dy = reduction === 'none' ? [1, -2, 3, 0.5, 1, 1.5] : 0.7;
          const target = [2, 5, -100, 2, 0, 6];
          yield { ...all, reduction, target, dy, where: `${tree}, plain` };
          const tokenWeight = [1, 0.25, 3, 0, 1, 2];
          yield { ...all, reduction, target, dy, tokenWeight, where: `${tree}, weighted` };
          if (reduction === 'mean')
            yield { ...all, reduction, target, denominator: 7, where: `${tree}, denominator 7` };
          const own = target.map((label) => (label < 0 ? 1 : label));
          yield { ...all, reduction, target: own, ignoreIndex: 2, where: `${tree}, ignoring class 2` };
        }
      },
    }),
  );

/** Rows that all draw by noise of their own. */
export const drawing = (operation: Operation<Draws>): readonly Case[] =>
  (['float32', 'float64'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'known',
      name: 'every-tree',
      mistake: 'one noise for all rows or all decisions, the last child for the first whose sum exceeds it',
      dtype,
      *examples(trial) {
        for (const tree of Object.keys(TREES))
          yield { ...branches(trial, tree, 'uniform-10', dtype, trial.quick ? 8 : 40), seed: 7, stream: 2 };
      },
    }),
  );
