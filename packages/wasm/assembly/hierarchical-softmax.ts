import { layer } from './linear';
import { children, firstOf, tree } from './tree';

/** Tokens that a node's weights are read for at a time. */
const TOKENS: usize = 8;

/** p(child) = p(node)·p(child | node), breadth first; `room` takes nine float64 for each node. */
export function hierarchicalSoftmax(
  h: usize, weight: usize, bias: usize, firstChild: usize, rowOf: usize, classOf: usize,
  y: usize, first: usize, tokens: usize, n: usize, nodes: usize, room: usize, leaves: usize, log: bool,
): void {
  layer(weight, bias, n);
  tree(firstChild, rowOf);
  const impossible: f64 = log ? -Infinity : 0;
  const last = first + tokens;
  for (let start = first; start < last; start += TOKENS) {
    const end = min(last, start + TOKENS);
    for (let node: usize = 0; node < nodes; node++) {
      const to = firstOf(node) << 3;
      const stop = firstOf(node + 1) << 3;
      let own = room + (nodes << 3);
      for (let token = start; token < end; token++, own += nodes << 3) {
        const above: f64 = node ? load<f64>(own + (node << 3)) : log ? 0 : 1;
        if (to == stop) {
          const c = <usize>load<u32>(classOf + (node << 2));
          store<f32>(y + ((token * leaves + c) << 2), <f32>above);
          continue;
        }
        // What is below probability 0 has probability 0, whatever its weights are: 0·NaN.
        children(node, h + ((token * n) << 2), own + to, log, room);
        for (let k = to; k < stop; k += 8) {
          const share = load<f64>(own + k);
          store<f64>(own + k, above == impossible ? above : log ? above + share : above * share);
        }
      }
    }
  }
}
