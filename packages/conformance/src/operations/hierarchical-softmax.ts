import { nestedTree } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge, type Measure, worst } from '../judge/judge.ts';
import { stacked } from '../oracle/layer.ts';
import { nodesOf, treeSoftmax } from '../oracle/tree.ts';
import { treeSoftmaxGrad } from '../oracle/tree-grad.ts';
import { read, shaped } from '../plan/trial.ts';
import { type Branches, exactly, passed } from './branches.ts';
import type { Operation } from './operation.ts';

export const softmax: Operation<Branches> = {
  op: 'hierarchicalSoftmax',
  async judge(trial, branches, where) {
    const measures: Measure[] = [];
    for (const log of branches.log === undefined ? [false, true] : [branches.log]) {
      const example = { ...exactly(branches), log };
      const { h, weight, options } = passed(example);
      const y = await trial.softmax.hierarchicalSoftmax(h, weight, nestedTree(example.tree), {
        ...options,
        log,
      });
      const expected = treeSoftmax(example);
      const got = await read(y, example.dtype, expected.shape);
      measures.push(judge(got, expected, trial, `${where}, log ${log}`));
    }
    return worst(measures);
  },
};

export const softmaxGrad: Operation<Branches> = {
  op: 'hierarchicalSoftmaxGrad',
  async judge(trial, branches, where) {
    const measures: Measure[] = [];
    for (const log of branches.log === undefined ? [false, true] : [branches.log]) {
      const example = { ...exactly(branches), log };
      const { dtype, d } = example;
      const { h, weight, options, rows } = passed(example);
      const { leaves, rows: all } = nodesOf(example.tree);
      const some = Array.from({ length: rows * leaves }, (_, k) => ((k * 7) % 11) / 4 - 1);
      const dy = (branches.leaves ?? some).map((v) => round(v, dtype));
      const tree = nestedTree(example.tree);
      const cotangent = shaped(dy, [rows, leaves], dtype);
      const got = await trial.softmax.hierarchicalSoftmaxGrad(h, weight, tree, cotangent, {
        ...options,
        log,
      });
      const { dh, layer, blur } = treeSoftmaxGrad(example, dy);
      const compare = async (name: keyof typeof got, cells: typeof layer.dw, shape: readonly number[]) =>
        measures.push(
          judge(
            await read(got[name], dtype, shape),
            cells.expected(dtype, shape, d, blur),
            trial,
            `${name} of ${where}, log ${log}`,
          ),
        );
      await compare('dh', stacked(dh), [rows, d]);
      await compare('dweight', layer.dw, [all, d]);
      await compare('dbias', layer.db, [all]);
    }
    return worst(measures);
  },
};
