import type { Tree } from './tree.ts';

/** The paths from some classes to the root, in the form that kernels take: see `PathSizes`. */
export interface Paths {
  readonly logits: Int32Array;
  readonly steps: Int32Array;
  readonly tokens: Int32Array;
  readonly chosen: Int32Array;
}

/** @param kept returns true if the path of a token is needed */
export function pathsOf(tree: Tree, classes: Int32Array, kept: (token: number) => boolean): Paths {
  const { parents, first, rowOf, nodeOf } = tree;
  /**
   * Calls `f` for each decision on the paths: the first weight row and the number of its logits,
   * the child taken, the token.
   */
  const walk = (f: (row: number, count: number, child: number, token: number) => void) => {
    for (let token = 0; token < classes.length; token++) {
      if (!kept(token)) continue;
      for (let node = nodeOf[classes[token] as number] as number, parent: number; node > 0; node = parent) {
        parent = parents[node] as number;
        const from = first[parent] as number;
        const count = (first[parent + 1] as number) - from;
        if (count > 1) f(rowOf[from] as number, count > 2 ? count : 1, node - from, token);
      }
    }
  };
  let [step, logit] = [0, 0];
  walk((_, count) => {
    step++;
    logit += count;
  });
  const [logits, steps] = [new Int32Array(logit), new Int32Array(logit)];
  const [tokens, chosen] = [new Int32Array(step), new Int32Array(step)];
  [step, logit] = [0, 0];
  walk((row, count, child, token) => {
    tokens[step] = token;
    chosen[step] = count > 1 ? logit + child : child === 0 ? logit : -1;
    for (let k = 0; k < count; k++, logit++) {
      logits[logit] = row + k;
      steps[logit] = step;
    }
    step++;
  });
  return { logits, steps, tokens, chosen };
}

/**
 * Returns the weight rows that occur, each once, ascending, and the index of each occurrence among
 * them.
 */
export function touchedBy(logits: Int32Array): { readonly touched: Int32Array; readonly places: Int32Array } {
  const touched = new Int32Array(new Set(logits)).sort();
  const place = new Map<number, number>();
  touched.forEach((row, k) => {
    place.set(row, k);
  });
  return { touched, places: logits.map((row) => place.get(row) as number) };
}
