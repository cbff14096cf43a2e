import { decide } from './decision';

let first: usize = 0;
let rowOf: usize = 0;

/** From now on nodes are those of this tree; see Tree in core. */
export function tree(f: usize, r: usize): void {
  first = f;
  rowOf = r;
}

/** The first child of a node, and of the next node: where its children end. */
@inline export function firstOf(node: usize): usize {
  return <usize>load<u32>(first + (node << 2));
}

/** The probabilities of a node's children in y, or their logarithms; `room` takes as many. Gives how many they are. */
export function children(node: usize, h: usize, y: usize, log: bool, room: usize): usize {
  const from = firstOf(node);
  const count = firstOf(node + 1) - from;
  if (count > 0) decide(<usize>load<i32>(rowOf + (from << 2)), count, h, y, log, room);
  return count;
}
