import { total, ZERO } from './big.ts';
import { choiceOf, chosen } from './choice.ts';
import type { Expected } from './expected.ts';
import { Cells, opposite, type Sized, scaled, type Value } from './layer.ts';
import { type Reduction, reduced } from './reduced.ts';
import { join, layerOf, nodesOf, pathTo, rowsOf, type TreeExample, type TreeGradient } from './tree.ts';

export interface TreeLoss extends TreeGradient {
  readonly loss: Expected;
  readonly rows: readonly number[];
}

/** Σ −log q over the path, and the gradients of all weight rows; `rows` are those on the paths. */
export function treeLoss(example: TreeExample & Reduction, sign: 1 | -1 = 1): TreeLoss {
  const { dtype, d } = example;
  const { root, leaves } = nodesOf(example.tree);
  const [layer, x] = [layerOf(example), rowsOf(example)];
  const dh = x.map(() => new Cells(d));
  const touched = new Set<number>();
  let blur = 0;
  const loss = reduced(example, dtype, leaves, (row, scale) => {
    let [value, moved]: [Value, number] = [ZERO, 0];
    for (const { node, child } of pathTo(root, example.target[row] as number) ?? []) {
      for (let k = 0; k < node.count; k++) touched.add(node.row + k);
      // Below what is impossible nothing is read, and nothing has a gradient.
      if (value === Number.NEGATIVE_INFINITY) continue;
      const features = x[row] as Sized[];
      const choice = choiceOf(layer.logits(features, node.row, node.count));
      value = join(value, choice.log[child] as Value, (a, b) => total([a, b]));
      moved += choice.moved[child] as number;
      blur = Math.max(blur, choice.blur);
      const dz = chosen(choice, child).slice(0, node.count);
      const by = sign < 0 ? opposite(scale) : scale;
      layer.back(
        features,
        dz.map((term) => scaled(term, by)),
        dh[row] as Cells,
        node.row,
      );
    }
    return { value: sign < 0 ? value : opposite(value), moved };
  });
  const rows = [...touched].sort((a, b) => a - b);
  return { loss, rows, dh, layer, blur };
}
