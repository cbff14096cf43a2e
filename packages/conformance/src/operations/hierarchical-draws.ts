import { nestedTree, uniform } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge, type Measure } from '../judge/judge.ts';
import { must } from '../judge/outputs.ts';
import { absolute, add, type Big, big, nearest, subtract, ZERO } from '../oracle/big.ts';
import { choiceOf } from '../oracle/choice.ts';
import { Expected } from '../oracle/expected.ts';
import { Layer } from '../oracle/layer.ts';
import { type Node, nodesOf, rowsOf, setTold, type Told, toldOf } from '../oracle/tree.ts';
import type { Trial } from '../plan/case.ts';
import { read } from '../plan/trial.ts';
import { type Branches, type Exactly, exactly, passed } from './branches.ts';
import { type Operation, parameterType } from './operation.ts';

/** A tree for draws: k classes, or classes by a seed. */
export interface Draws extends Branches {
  readonly k?: number;
  readonly seed?: number;
  readonly stream?: number;
}

/** The difference below which float64, or a backend below S3, may treat numbers as equal. */
const slackOf = ({ level }: Trial): number => (level === 'S3' ? 2 ** -48 : 1e-5);

/** In descending order of probability, among equals the lower class first. */
function ranked(told: readonly Told[]): readonly number[] {
  const log = (c: number) => told[c]?.log ?? Number.NaN;
  const after = (a: number, b: number) => {
    const [left, right] = [log(a), log(b)];
    if (typeof left === 'number' || typeof right === 'number')
      return (typeof left === 'number' ? 1 : 0) - (typeof right === 'number' ? 1 : 0) || a - b;
    const { m } = subtract(right, left);
    return m === 0n ? a - b : m > 0n ? 1 : -1;
  };
  return told.map((_, c) => c).sort(after);
}

export const topK: Operation<Draws> = {
  op: 'hierarchicalTopK',
  async judge(trial, draws, where): Promise<Measure> {
    const example = exactly(draws);
    const told = toldOf(example);
    const { k = told[0]?.length ?? 1 } = draws;
    const { h, weight, options } = passed(example);
    const got = await trial.softmax.hierarchicalTopK(h, weight, nestedTree(example.tree), k, options);
    const shape = [told.length, k];
    const expected = new Expected('log-probability', example.dtype, shape, k);
    const { dtype } = got.classes;
    must(
      dtype === 'int32' && `${got.classes.shape}` === `${shape}`,
      `classes of ${dtype} [${got.classes.shape}]`,
    );
    const classes = Array.from(await got.classes.data(), Number);
    got.classes.dispose();
    for (const [row, own] of told.entries()) {
      const lost = own.some(({ log }) => Number.isNaN(log));
      const wanted = ranked(own).slice(0, k);
      for (const [place, c] of wanted.entries()) {
        const at = row * k + place;
        const found = classes[at] as number;
        const fits = lost ? found === -1 : found === c || confused(own, c, found, slackOf(trial));
        must(fits, `${where}: place ${place} of row ${row} is ${found}, not ${lost ? -1 : c}`);
        if (lost) expected.set(at, Number.NaN);
        else setTold(expected, at, own[c] as Told, true);
      }
    }
    return judge(await read(got.logProbs, example.dtype, shape), expected, trial, where);
  },
};

/** Returns true if two classes differ, but by less than the tolerance. */
function confused(told: readonly Told[], a: number, b: number, slack: number): boolean {
  const [left, right] = [told[a]?.log, told[b]?.log];
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  const apart = nearest(absolute(subtract(left, right)));
  return apart !== 0 && apart <= slack * Math.max(1, Math.abs(nearest(left)));
}

/**
 * From the root down, takes the first child at which the cumulative probability exceeds the noise;
 * undefined if it is too close to decide.
 */
function drawn(
  example: Exactly,
  row: number,
  u: (decision: number) => number,
  slack: number,
): number | undefined {
  const layer = new Layer(example.weight, example.d, example.bias);
  const x = rowsOf(example)[row] ?? [];
  let node: Node = nodesOf(example.tree).root;
  for (let decision = 0; node.leaf === undefined; ) {
    const { q } = choiceOf(layer.logits(x, node.row, node.count));
    if (q.some((own) => typeof own === 'number')) return -1;
    const noise = big(q.length > 1 ? u(decision++) : 0);
    let sum = ZERO;
    let taken = -1;
    for (const [k, own] of q.entries()) {
      sum = add(sum, own as Big);
      const over = subtract(sum, noise);
      if (Math.abs(nearest(over)) < slack) return undefined;
      if (over.m <= 0n) continue;
      taken = k;
      break;
    }
    node = node.children[taken] as Node;
  }
  return node.leaf;
}

export const sample: Operation<Draws> = {
  op: 'hierarchicalSample',
  async judge(trial, draws, where): Promise<Measure> {
    const example = exactly(draws);
    const { seed = 1, stream = 0 } = draws;
    const { h, weight, options, rows } = passed(example);
    const tree = nestedTree(example.tree);
    const y = await trial.softmax.hierarchicalSample(h, weight, tree, { ...options, seed, stream });
    must(y.dtype === 'int32' && `${y.shape}` === `${rows}`, `classes of ${y.dtype} [${y.shape}]`);
    const classes = Array.from(await y.data(), Number);
    y.dispose();
    for (const [row, found] of classes.entries()) {
      // The noise of the decision j of row i, below 1 in either type.
      const u = (j: number) =>
        Math.min(
          round(uniform(seed, stream, row * tree.depth + j), parameterType(example.dtype)),
          1 - 2 ** -24,
        );
      const wanted = drawn(example, row, u, slackOf(trial));
      must(wanted === undefined || found === wanted, `${where}: row ${row} drew ${found}, not ${wanted}`);
    }
    return { level: 'S3', ulp: 0, errors: [] };
  },
};
