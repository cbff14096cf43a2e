import { nestedTree } from '@softmax/core';
import { chiSquare } from '../../judge/goodness-of-fit.ts';
import { outputs } from '../../judge/outputs.ts';
import { exactly, passed } from '../../operations/branches.ts';
import { treeSoftmax } from '../../oracle/tree.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { branches } from '../hierarchical/trees.ts';

const DRAWS = 20_000;

/** Classes drawn down a tree, against the probabilities of its leaves. */
export const trees: readonly Case[] = ['two', 'binary', 'comb', 'ternary', 'mixed', 'wide-below'].map(
  (tree, seed) =>
    unmeasured(
      {
        category: 'statistics',
        op: 'hierarchicalSample',
        name: `chi-square-${tree}`,
        mistake:
          'one noise for all decisions of a path, or leaves drawn by their number and not their weight',
        needs: needs('hierarchicalSample'),
      },
      async (trial) => {
        const one = exactly({ ...branches(trial, tree, 'ties', 'float32', 1), leaves: [] });
        const { weight, options } = passed(one);
        const h = Float32Array.from({ length: DRAWS * one.d }, (_, k) => one.h[k % one.d] as number);
        const rows = { data: h, shape: [DRAWS, one.d] };
        const drawn = trial.softmax.hierarchicalSample(rows, weight, nestedTree(one.tree), {
          ...options,
          seed,
        });
        const [y] = await outputs(drawn);
        const p = treeSoftmax({ ...one, log: false }).values;
        chiSquare(
          Array.from(y?.data ?? [], String),
          new Map(Array.from(p, (v, leaf) => [`${leaf}`, v] as const)),
        );
      },
    ),
);
