import type { GraphBuilder, Value } from '../../model/builder.ts';

/** The number of terms in a block. */
const BLOCK = 64;

/**
 * The number of times that rows are cut into blocks until one block is left: 64⁴ = 2²⁴. A sum may
 * also run over all rows.
 */
export const turns = ({
  outer,
  n,
  inner,
}: {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}): number => {
  let count = 1;
  for (let rest = Math.max(n, outer * inner); rest > BLOCK; rest /= BLOCK) count++;
  return count;
};

/**
 * A float32 sum whose error does not grow with the row. If terms are cut at a multiple of 2⁻¹⁷ of a
 * block's largest term, 64 high parts sum without error and the low parts are 2⁻¹⁸ of it
 * (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point summation", 2008, §3). A block loses at
 * most 2⁻³⁰ of its largest term, and so does a sum of blocks.
 */
export function blockwise(g: GraphBuilder, x: Value, over: 'row' | 'column' | 'all'): Value {
  const rows = over === 'all' ? g.node('Reshape', [x, g.ints(1, -1, 1)]) : x;
  let high = rows;
  let low: Value | undefined;
  for (let left = g.turns; left > 0; left--) {
    // In the last iteration a row is one block.
    const cut = (terms: Value) => (left > 1 ? inBlocks(g, terms) : terms);
    const along = left > 1 ? 2 : 1;
    const own = split(g, cut(high), along);
    high = own.high;
    low = low === undefined ? own.low : g.op('Add', own.low, blockSum(g, cut(low), along));
  }
  const both = low === undefined ? high : g.op('Add', high, low);
  // An infinite term has no low part; the plain sum is correct.
  const total = g.op('Where', g.op('Equal', both, both), both, blockSum(g, rows, 1));
  return over === 'all'
    ? g.node('Reshape', [total, g.constant('scalar', 'int64', [0], new ArrayBuffer(0))])
    : total;
}

/** `[outer, blocks, 64, inner]`, filled up with zeros. */
function inBlocks(g: GraphBuilder, x: Value): Value {
  const shape = g.node('Shape', [x]);
  const n = g.node('Slice', [shape, g.ints(1), g.ints(2)]);
  const missing = g.node('Mod', [g.node('Neg', [n]), g.ints(BLOCK)]);
  const pads = g.node('Concat', [g.ints(0, 0, 0, 0), missing, g.ints(0)], { axis: 0 });
  const filled = g.node('Pad', [x, pads]);
  const inner = g.node('Slice', [shape, g.ints(2), g.ints(3)]);
  return g.node('Reshape', [filled, g.node('Concat', [g.ints(0, -1, BLOCK), inner], { axis: 0 })]);
}

/** Reduces axis 2 of blocks, which is removed, or axis 1 of rows, which stays with length 1. */
const blockSum = (g: GraphBuilder, blocks: Value, along: 1 | 2): Value =>
  g.node('ReduceSum', [blocks, g.ints(along)], { keepdims: along === 1 ? 1 : 0 });

function split(g: GraphBuilder, blocks: Value, along: 1 | 2): { readonly high: Value; readonly low: Value } {
  const largest = g.node('ReduceMax', [g.op('Abs', blocks)], { axes: [along] });
  const cut = g.op('Mul', largest, 1.5 * BLOCK);
  const high = g.op('Sub', g.op('Add', blocks, cut), cut);
  return { high: blockSum(g, high, along), low: blockSum(g, g.op('Sub', blocks, high), along) };
}
