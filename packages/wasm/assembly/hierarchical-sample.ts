import { layer } from './linear';
import { children, firstOf, tree } from './tree';

/** From the root down, at each decision the first child with Σ p > u; `room` takes two float64 for each node. */
export function hierarchicalSample(
  h: usize, weight: usize, bias: usize, firstChild: usize, rowOf: usize, classOf: usize,
  classes: usize, first: usize, tokens: usize, n: usize, nodes: usize, room: usize, noise: usize, depth: usize,
): void {
  layer(weight, bias, n);
  tree(firstChild, rowOf);
  for (let token = first; token < first + tokens; token++) {
    let node: usize = 0;
    let at = noise + ((token * depth) << 2);
    for (;;) {
      const count = children(node, h + ((token * n) << 2), room, false, room + (nodes << 3));
      if (count == 0) break;
      let u: f64 = 0;
      if (count > 1) {
        u = <f64>load<f32>(at);
        at += 4;
      }
      let k: usize = 0;
      let sum = load<f64>(room);
      while (k < count - 1 && u >= sum) sum += load<f64>(room + (++k << 3));
      // A NaN: no class.
      if (sum != sum) break;
      node = firstOf(node) + k;
    }
    store<i32>(classes + (token << 2), load<i32>(classOf + (node << 2)));
  }
}
