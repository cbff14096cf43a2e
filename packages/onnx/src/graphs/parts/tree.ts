import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { column, linear, turned } from './linear.ts';
import { zeroWhere } from './row.ts';
import { type Choice, choice, type Siblings } from './siblings.ts';

export interface TreeVariant {
  readonly dtype: FloatType;
  readonly bias: boolean;
}

export const treeVariant = (
  { dtype }: { readonly dtype: FloatType },
  given: { readonly bias?: unknown },
): TreeVariant => ({ dtype, bias: given.bias !== undefined });

/** All nodes of a tree, along axis 0, for the rows of h, along axis 1. */
export interface Nodes extends Siblings {
  readonly h: Value;
  readonly weight: Value;
  /** `[nodes]`: the parent of each node, 0 for the root. */
  readonly parents: Value;
  /**
   * `[nodes, 1]`: the number of children of its parent and its index among them; 1 and 0 for the
   * root.
   */
  readonly count: Value;
  readonly place: Value;
  readonly rowOf: Value;
  /** The logit of each node among its siblings. */
  readonly z: Value;
  readonly choice: Choice;
}

export function nodesOf(g: GraphBuilder, { dtype, bias }: TreeVariant): Nodes {
  const h = g.double('h', dtype, ['outer', 'n']);
  const weight = g.double('weight', dtype, ['rows', 'n']);
  const given = g.input('parents', 'int32', ['nodes']);
  const first = g.cast(g.input('first', 'int32', ['nodes + 1']), 'int64');
  const rowOf = g.input('rowOf', 'int32', ['nodes']);
  const above = g.cast(given, 'int64');
  const root = g.op('Less', above, g.int(0));
  const parents = g.op('Max', above, g.int(0));
  const from = g.node('Gather', [first, parents]);
  const to = g.node('Gather', [first, g.op('Add', parents, g.int(1))]);
  const start = g.op('Where', root, g.int(0), from);
  const length = g.op('Where', root, g.int(1), g.op('Sub', to, from));
  const size = g.node('Shape', [parents]);
  const all = g.node('Range', [g.int(0), g.node('Squeeze', [size]), g.int(1)]);
  const siblings = {
    id: numbers(g, given),
    start,
    longest: g.node('ReduceMax', [length]),
  };
  const count = numbers(g, length);
  const place = numbers(g, g.op('Sub', all, start));
  const logits = turned(g, linear(g, h, weight, bias ? g.double('bias', dtype, ['rows']) : undefined));
  const own = g.node('Gather', [logits, g.op('Max', g.cast(rowOf, 'int64'), g.int(0))]);
  const z = decided(g, own, count, place);
  return { ...siblings, h, weight, parents, count, place, rowOf, z, choice: choice(g, z, siblings) };
}

export const numbers = (g: GraphBuilder, x: Value): Value => column(g, g.cast(x, 'float64'));

/**
 * The logits of siblings. For two siblings the weights give one logit z, and log σ(±z) is the
 * log-softmax of (min(z, 0), min(−z, 0)), exact for every z and at ±∞. An only child is certain.
 */
function decided(g: GraphBuilder, z: Value, count: Value, place: Value): Value {
  const signed = g.op('Where', g.op('Equal', place, 0), z, g.op('Neg', z));
  const ofTwo = zeroWhere(g, g.op('Greater', signed, 0), signed);
  const several = g.op('Where', g.op('Equal', count, 2), ofTwo, z);
  return zeroWhere(g, g.op('Equal', count, 1), several);
}

/**
 * `merge` over each node and all its ancestors, doubling in each iteration; the value of the root
 * must be neutral.
 */
export function fromRoot(
  g: GraphBuilder,
  parents: Value,
  x: Value,
  merge: (own: Value, above: Value) => Value,
): Value {
  const open = (jump: Value) => g.op('Greater', g.node('ReduceMax', [jump], { keepdims: 0 }), g.int(0));
  const [all = ''] = g.loop(
    [x, parents],
    ([own = '', jump = '']) => {
      const above = g.node('Gather', [own, jump]);
      const further = g.node('Gather', [jump, jump]);
      return { state: [merge(own, above), further], again: open(further) };
    },
    { first: open(parents) },
  );
  return all;
}

/** The values of all classes, a row for each row of h. */
export function classesOf(g: GraphBuilder, x: Value): Value {
  const ofLeaves = g.node('Gather', [x, g.input('nodeOf', 'int32', ['leaves'])]);
  return turned(g, ofLeaves);
}

/**
 * The sum of the values of the leaves below each node, each multiplied by the factors of the nodes
 * on its way up, including its own; the distance doubles in each iteration. A factor of 0 removes
 * everything below.
 */
export function fromLeaves(g: GraphBuilder, parents: Value, x: Value, factor: Value): Value {
  const size = g.node('Shape', [parents]);
  const end = g.node('Squeeze', [size]);
  // One more position, which collects everything above the root.
  const places = g.node('Range', [g.int(0), end, g.int(1)]);
  const above = g.op('Where', g.op('Equal', places, g.int(0)), end, parents);
  const longer = (value: Value) => g.node('Pad', [value, g.ints(0, 0, 1, 0), 0]);
  const cut = (a: Value, b: Value) => {
    const none = g.op('Or', g.op('Equal', a, 0), g.op('Equal', b, 0));
    return zeroWhere(g, none, g.op('Mul', a, b));
  };
  const [all = ''] = g.loop(
    [longer(x), longer(factor), g.node('Concat', [above, size], { axis: 0 })],
    ([sums = '', way = '', jump = '']) => {
      const to = column(g, jump);
      const further = g.node('Gather', [jump, jump]);
      const open = g.op('Less', g.node('ReduceMin', [further], { keepdims: 0 }), end);
      return {
        state: [
          g.node('ScatterND', [sums, to, cut(way, sums)], { reduction: 'add' }),
          cut(way, g.node('Gather', [way, jump])),
          further,
        ],
        again: open,
      };
    },
  );
  return g.node('Slice', [all, g.ints(0), size, g.ints(0)]);
}
