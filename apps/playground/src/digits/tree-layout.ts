import type { Tree } from '@softmax/core';

export interface Place {
  /** Leaves stand beside each other at 0, 1, 2 …; an inner node above the middle of its children. */
  readonly x: number;
  readonly depth: number;
}

/** Where to draw each node. */
export function layoutOf({ first, parents }: Tree): Place[] {
  const places = new Array<Place>(parents.length);
  let leaves = 0;
  const place = (node: number, depth: number): number => {
    const [from = 0, to = 0] = [first[node], first[node + 1]];
    let x = 0;
    for (let child = from; child < to; child++) x += place(child, depth + 1) / (to - from);
    if (from === to) x = leaves++;
    places[node] = { x, depth };
    return x;
  };
  place(0, 0);
  return places;
}
