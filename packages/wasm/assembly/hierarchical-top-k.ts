import { heap, placeAt, put, rise, sink, valueAt } from './heap';
import { layer } from './linear';
import { children, firstOf, tree } from './tree';

/** How inner nodes are placed in the heap: of equals before leaves. */
const INNER: u32 = 0x80000000;

/**
 * Best first: no node is likelier than the one above it, so that the leaves come out in order. The heap holds −log p, of
 * equals the lower class placed later. `room` takes four float64 for each node.
 */
export function hierarchicalTopK(
  h: usize, weight: usize, bias: usize, firstChild: usize, rowOf: usize, classOf: usize,
  classes: usize, first: usize, tokens: usize, n: usize, nodes: usize, room: usize, logProbs: usize, k: usize,
): void {
  layer(weight, bias, n);
  tree(firstChild, rowOf);
  const size = nodes << 3;
  heap(room, room + size);
  const own = room + 2 * size;
  h += (first * n) << 2;
  classes += (first * k) << 2;
  logProbs += (first * k) << 2;
  for (; tokens > 0; tokens--, h += n << 2, classes += k << 2, logProbs += k << 2) {
    put(0, 0, INNER);
    let count: usize = 1;
    let found: usize = 0;
    while (found < k) {
      const v = valueAt(0);
      const place = placeAt(0);
      count--;
      sink(count, valueAt(count), placeAt(count));
      if (place < INNER) {
        store<i32>(classes + (found << 2), INNER - 1 - place);
        store<f32>(logProbs + (found++ << 2), <f32>-v);
        continue;
      }
      const node = <usize>(place ^ INNER);
      const stop = children(node, h, own, true, own + size) << 3;
      let child = firstOf(node);
      for (let at: usize = 0; at < stop; at += 8, child++) {
        const below = v == Infinity ? v : v - load<f64>(own + at);
        // A NaN where something is possible: no classes.
        if (below != below) found = usize.MAX_VALUE;
        const c = load<i32>(classOf + (child << 2));
        rise(count++, below, c < 0 ? INNER | <u32>child : INNER - 1 - c);
      }
    }
    if (found == k) continue;
    memory.fill(classes, 0xff, k << 2);
    memory.fill(logProbs, 0xff, k << 2);
  }
}
