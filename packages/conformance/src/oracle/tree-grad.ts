import { multiply, ONE, trim } from './big.ts';
import { carried, choiceOf } from './choice.ts';
import { Cells, type Sized, scaled, sized, type Value } from './layer.ts';
import { layerOf, type Node, nodesOf, rowsOf, type TreeExample, type TreeGradient } from './tree.ts';

/** The gradient of Σ dy·p, or of Σ dy·log p. */
export function treeSoftmaxGrad(example: TreeExample, dy: readonly number[]): TreeGradient {
  const { d, log = false } = example;
  const { root, leaves } = nodesOf(example.tree);
  const [layer, x] = [layerOf(example), rowsOf(example)];
  const dh = x.map(() => new Cells(d));
  let blur = 0;
  for (const [row, features] of x.entries()) {
    const visit = (node: Node, above: Value): Sized => {
      if (node.leaf !== undefined) return sized(dy[row * leaves + node.leaf] as number);
      const choice = choiceOf(layer.logits(features, node.row, node.count));
      blur = Math.max(blur, choice.blur);
      const g = node.children.map((child, k) =>
        choice.impossible[k] ? undefined : visit(child, product(above, choice.q[k] as Value)),
      );
      const { dz, above: own } = carried(choice, g, log);
      const by = log ? ONE : above;
      const back = dz.slice(0, node.count).map((term) => scaled(term, by));
      layer.back(features, back, dh[row] as Cells, node.row);
      return own;
    };
    visit(root, ONE);
  }
  return { dh, layer, blur: blur * 2 * depthOf(root) };
}

const product = (a: Value, b: Value): Value =>
  typeof a === 'number' || typeof b === 'number' ? Number.NaN : trim(multiply(a, b));

const depthOf = (node: Node): number => 1 + Math.max(0, ...node.children.map(depthOf));
