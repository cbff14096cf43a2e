import type { Kernel } from '../contract/backend.ts';
import type { HierarchicalKernels } from '../contract/tree-kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { scaleFrom } from './arithmetic/magnitude.ts';
import { ScaledSum } from './arithmetic/scaled-sum.ts';
import { Sums } from './arithmetic/sums.ts';
import { choose, decision } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';
import { reduced } from './parts/reduced.ts';

type Inputs = Parameters<Kernel<'hierarchicalLoss', Host, 'sync'>>[1] & { readonly dy?: Host | undefined };

export const hierarchicalLoss: Kernel<'hierarchicalLoss', Host, 'sync'> = (p, inputs) => ({
  loss: solve(p, inputs, new Linear(p, p.n, inputs.weight, inputs.bias)),
});

export const hierarchicalLossGrad: Kernel<'hierarchicalLossGrad', Host, 'sync'> = (p, inputs) => {
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias, p.touched);
  const dh = allocate(p.dtype, inputs.h.length);
  const loss = solve(p, inputs, linear, inputs.places, dh);
  const { dweight, dbias } = linear;
  return { loss, dh, rows: inputs.touched.slice(), dweight, dbias };
};

/** l = Σ −log p(child taken) over the decisions on the path; all terms have one sign. */
function solve(
  p: HierarchicalKernels['hierarchicalLoss']['problem'],
  { logits, steps, tokens, chosen, ...inputs }: Inputs,
  linear: Linear,
  places?: Host,
  into?: Host,
): Host {
  const h = new Float64Array(p.n);
  let at = 0;
  return reduced(p, inputs.weights, inputs.dy, (start, token, factor) => {
    const scale = scaleFrom(factor);
    load(inputs.h, start, p, h);
    const [loss, dh] = [new ScaledSum(), new Sums(p.n)];
    let isCertain = false;
    const from = at;
    while (tokens[steps[at] as number] === token) at++;
    // Starts at the root, the end of a path: below a decision of probability 0 nothing is read.
    for (let first = at; first > from && !isCertain; ) {
      const step = steps[first - 1] as number;
      const end = first;
      while (steps[first - 1] === step) first--;
      const row = logits[first] as number;
      const z = decision(linear.logits({ z: h }, row, end - first));
      const taken = chosen[step] as number;
      const { m, e } = choose(z, taken < 0 ? 1 : taken - first);
      loss.add(m, 1, e);
      isCertain = m === Number.POSITIVE_INFINITY;
      // The rows of a step are consecutive, also among the touched ones.
      if (places) linear.backward(h, z.z, scale, dh, row, end - first, places[first]);
    }
    if (into) store(dh.values, into, start, p);
    return loss.value;
  });
}
