import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { type Double, double } from './arithmetic/double-double.ts';
import { scaleOf } from './arithmetic/magnitude.ts';
import { Sums } from './arithmetic/sums.ts';
import { carry } from './parts/carry.ts';
import { below, decisionAt, normalise } from './parts/decision.ts';
import { Linear, type Logits } from './parts/linear.ts';

/**
 * Computes the probability of every node from the root down, then its cotangent from the leaves up.
 * For log p(node) the cotangent is the sum over its leaves, otherwise the mean of dy below it. The
 * logits of a node get the cotangent of one choice, times p(node) for p.
 */
export const hierarchicalSoftmaxGrad: Kernel<'hierarchicalSoftmaxGrad', Host, 'sync'> = (p, inputs) => {
  const { first, rowOf, classOf } = inputs;
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias, p.rows);
  const dh = allocate(p.dtype, inputs.h.length);
  const [h, dy] = [new Float64Array(p.n), new Float64Array(p.leaves)];
  const g = new Float64Array(p.nodes);
  const of: Double[] = [double(p.log ? 0 : 1)];
  const logits: Logits[] = [];
  const impossible = p.log ? Number.NEGATIVE_INFINITY : 0;
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    load(inputs.dy, token * p.leaves, { ...p, n: p.leaves }, dy);
    for (let node = 0, to = 1; node < p.nodes; node++) {
      const decision = decisionAt(linear, h, inputs, node);
      logits[node] = decision;
      const shares = normalise(decision, p.log);
      // A −inf logit is impossible also beside a NaN.
      for (let k = 0; k < decision.z.length; k++)
        of[to++] =
          decision.z[k] === Number.NEGATIVE_INFINITY
            ? double(impossible)
            : below(of[node] as Double, shares, k, p.log);
    }
    const unit = scaleOf(dy);
    const into = new Sums(p.n);
    for (let node = p.nodes - 1; node >= 0; node--) {
      const [from, to] = [first[node] as number, first[node + 1] as number];
      const above = (of[node] as Double).high;
      // An unreachable node is not read, neither its cotangent nor the weights below it.
      if (above === impossible) g[node] = 0;
      else if (from === to) g[node] = (dy[classOf[node] as number] as number) * unit;
      else {
        const decision = logits[node] as Logits;
        g[node] = carry(decision, g.subarray(from, to), p.log);
        const count = to - from > 2 ? to - from : to - from - 1;
        const row = rowOf[from] as number;
        linear.backward(h, decision.z, { factor: p.log ? 1 : above, unit }, into, row, count);
      }
    }
    store(into.values, dh, start, p);
  });
  return { dh, dweight: linear.dweight, dbias: linear.dbias };
};
