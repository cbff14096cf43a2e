import { nestedTree } from '@softmax/core';
import { judge, type Measure, worst } from '../judge/judge.ts';
import { must } from '../judge/outputs.ts';
import { stacked } from '../oracle/layer.ts';
import type { TreeExample, TreeGradient } from '../oracle/tree.ts';
import { type TreeLoss, treeLoss } from '../oracle/tree-loss.ts';
import { read } from '../plan/trial.ts';
import { type Branches, exactly, lossOptions, passed } from './branches.ts';
import type { Operation } from './operation.ts';

export const loss: Operation<Branches> = {
  op: 'hierarchicalLoss',
  async judge(trial, branches, where) {
    const example = exactly(branches);
    const given = passed(example);
    const expected = treeLoss(example).loss;
    const { h, weight } = given;
    const tree = nestedTree(example.tree);
    const options = lossOptions(example, given);
    const y = await trial.softmax.hierarchicalLoss(h, weight, example.target, tree, options);
    return judge(await read(y, example.dtype, expected.shape), expected, trial, where);
  },
};

/** The gradients of h and of the rows on the paths, which must be exactly those, ascending. */
async function gradients(
  got: { readonly [name in 'dh' | 'rows' | 'dweight' | 'dbias']: Parameters<typeof read>[0] },
  { dh, layer, blur, rows }: TreeGradient & Pick<TreeLoss, 'rows'>,
  { dtype, d }: TreeExample,
  trial: Parameters<typeof judge>[2],
  where: string,
): Promise<Measure[]> {
  const touched = Array.from(await got.rows.data(), Number);
  must(
    got.rows.dtype === 'int32' && `${got.rows.shape}` === `${rows.length}`,
    `${where}: rows of another shape`,
  );
  got.rows.dispose();
  must(touched.join() === rows.join(), `${where}: rows ${touched}, not ${rows}`);
  const places = rows.flatMap((row) => Array.from({ length: d }, (_, k) => row * d + k));
  const table = [
    ['dh', stacked(dh).expected(dtype, [dh.length, d], d, blur)],
    ['dweight', layer.dw.expected(dtype, [rows.length, d], d, blur, places)],
    ['dbias', layer.db.expected(dtype, [rows.length], d, blur, rows)],
  ] as const;
  const measures: Measure[] = [];
  for (const [name, expected] of table)
    measures.push(
      judge(await read(got[name], dtype, expected.shape), expected, trial, `${name} of ${where}`),
    );
  return measures;
}

export const lossGrad: Operation<Branches> = {
  op: 'hierarchicalLossGrad',
  async judge(trial, branches, where) {
    const example = exactly(branches);
    const given = passed(example);
    const expected = treeLoss(example);
    const { dtype, dy, target } = example;
    const options = { ...lossOptions(example, given), ...(dy === undefined ? {} : { dy }) };
    const { h, weight } = given;
    const tree = nestedTree(example.tree);
    const got = await trial.softmax.hierarchicalLossGrad(h, weight, target, tree, options);
    const found = await read(got.loss, dtype, expected.loss.shape);
    return worst([
      judge(found, expected.loss, trial, `the loss of ${where}`),
      ...(await gradients(got, expected, example, trial, where)),
    ]);
  },
};

export const logProb: Operation<Branches> = {
  op: 'hierarchicalLogProb',
  async judge(trial, branches, where) {
    const example = { ...exactly(branches), reduction: 'none', tokenWeight: undefined } as const;
    const { h, weight, options } = passed(example);
    const { ignoreIndex = -100, target, dtype } = example;
    const { tokenWeight: _, ...plain } = example;
    const expected = treeLoss(plain, -1).loss;
    const tree = nestedTree(example.tree);
    const y = await trial.softmax.hierarchicalLogProb(h, weight, target, tree, { ...options, ignoreIndex });
    return judge(await read(y, dtype, expected.shape), expected, trial, where);
  },
};

export const logProbGrad: Operation<Branches> = {
  op: 'hierarchicalLogProbGrad',
  async judge(trial, branches, where) {
    const { tokenWeight: _, denominator: __, ...example } = exactly(branches);
    const { h, weight, options, rows } = passed(example);
    const { ignoreIndex = -100, target } = example;
    const dy =
      typeof example.dy === 'object' ? example.dy : Array.from({ length: rows }, (_, k) => 1 - k / 2);
    const tree = nestedTree(example.tree);
    const given = { ...options, ignoreIndex };
    const got = await trial.softmax.hierarchicalLogProbGrad(h, weight, target, tree, dy, given);
    const expected = treeLoss({ ...example, dy, reduction: 'none' }, -1);
    return worst(await gradients(got, expected, example, trial, where));
  },
};
