import type { FloatType, NestedTree } from '@softmax/core';
import { type Big, multiply, nearest, ONE, total, trim, ZERO } from './big.ts';
import { type Choice, choiceOf } from './choice.ts';
import { Expected } from './expected.ts';
import { type Cells, Layer, type Sized, sized, type Value } from './layer.ts';

/** Hierarchical softmax with the user's inputs, every number in the backend's format. */
export interface TreeExample {
  readonly h: readonly number[];
  /** The features of a row. */
  readonly d: number;
  readonly weight: readonly number[];
  readonly bias?: readonly number[];
  readonly tree: NestedTree;
  readonly dtype: FloatType;
  readonly log?: boolean;
}

export interface Node {
  readonly children: readonly Node[];
  /** Its first weight row, and the number of its rows. */
  readonly row: number;
  readonly count: number;
  readonly leaf: number | undefined;
}

interface Drawn {
  children: Drawn[];
  row: number;
  count: number;
  leaf: number | undefined;
}

/** Nested lists as nodes; weight rows level by level. */
export function nodesOf(nested: NestedTree): { root: Node; rows: number; leaves: number } {
  const draw = (item: NestedTree): Drawn => ({
    children: typeof item === 'number' ? [] : item.map(draw),
    row: -1,
    count: 0,
    leaf: typeof item === 'number' ? item : undefined,
  });
  const root = draw(nested);
  let [rows, leaves] = [0, 0];
  for (let level = [root]; level.length > 0; level = level.flatMap(({ children }) => children))
    for (const node of level) {
      const arity = node.children.length;
      node.row = rows;
      node.count = arity > 2 ? arity : arity === 2 ? 1 : 0;
      rows += node.count;
      if (node.leaf !== undefined) leaves++;
    }
  return { root, rows, leaves };
}

/** The path to a class: the child taken at every node. */
export function pathTo(node: Node, leaf: number): { node: Node; child: number }[] | undefined {
  if (node.leaf !== undefined) return node.leaf === leaf ? [] : undefined;
  for (const [child, below] of node.children.entries()) {
    const rest = pathTo(below, leaf);
    if (rest) return [{ node, child }, ...rest];
  }
  return undefined;
}

export const rowsOf = ({ h, d }: TreeExample): Sized[][] =>
  Array.from({ length: h.length / d }, (_, row) => h.slice(row * d, (row + 1) * d).map(sized));

/** Sums and products of relative uncertainties. */
export const join = (a: Value, b: Value, f: (a: Big, b: Big) => Big): Value => {
  if (typeof a !== 'number' && typeof b !== 'number') return trim(f(a, b));
  return (typeof a === 'number' ? a : 0) + (typeof b === 'number' ? b : 0);
};

/**
 * The values of each class: its probability, its logarithm, and the change of that with the
 * rounding of logits.
 */
export interface Told {
  readonly p: Value;
  readonly log: Value;
  readonly moved: number;
}

/** The values of a child. Below an impossible node nothing is possible, whatever the weights. */
export function under(above: Told, { q, log, moved }: Choice, k: number): Told {
  if (above.log === Number.NEGATIVE_INFINITY) return above;
  return {
    p: join(above.p, q[k] as Value, multiply),
    log: join(above.log, log[k] as Value, (a, b) => total([a, b])),
    moved: above.moved + (moved[k] as number),
  };
}

function leavesOf(x: readonly Sized[], layer: Layer, root: Node, leaves: number): Told[] {
  const told: Told[] = new Array(leaves);
  const visit = (node: Node, own: Told) => {
    if (node.leaf !== undefined) told[node.leaf] = own;
    if (node.leaf !== undefined) return;
    const choice = choiceOf(layer.logits(x, node.row, node.count));
    for (const [k, child] of node.children.entries()) visit(child, under(own, choice, k));
  };
  visit(root, { p: ONE, log: ZERO, moved: 0 });
  return told;
}

export const layerOf = ({ weight, d, bias }: TreeExample): Layer => new Layer(weight, d, bias);

export const toldOf = (example: TreeExample): Told[][] => {
  const { root, leaves } = nodesOf(example.tree);
  return rowsOf(example).map((x) => leavesOf(x, layerOf(example), root, leaves));
};

export function treeSoftmax(example: TreeExample): Expected {
  const { dtype, log = false } = example;
  const told = toldOf(example);
  const leaves = told[0]?.length ?? 0;
  const out = new Expected(log ? 'log-probability' : 'probability', dtype, [told.length, leaves], leaves);
  for (const [k, own] of told.flat().entries()) setTold(out, k, own, log);
  return out;
}

export function setTold(out: Expected, at: number, { p, log, moved }: Told, asLog: boolean): void {
  out.set(at, asLog ? log : p, typeof log === 'number' ? 0 : Math.abs(nearest(log)));
  out.blur[at] = 2 * moved;
}

/**
 * The gradients of the features, row by row, and of all weight rows; and their change with rounded
 * logits.
 */
export interface TreeGradient {
  readonly dh: readonly Cells[];
  readonly layer: Layer;
  readonly blur: number;
}
