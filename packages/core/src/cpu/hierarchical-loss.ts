import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import type { HierarchicalKernels } from '../hierarchy.ts';
import { choose, decide } from './decision.ts';
import { Linear } from './linear.ts';
import { reduced } from './reduced.ts';
import { load, rounded, store } from './row.ts';
import { Sum } from './sum.ts';
import { Sums } from './sums.ts';

type Inputs = Parameters<Kernel<'hierarchicalLoss', Host, 'sync'>>[1] & { readonly dy?: Host | undefined };
interface Gradients {
  readonly places: Host;
  readonly dh: Host;
  readonly dw: Sums;
  readonly db: Sums;
}

export const hierarchicalLoss: Kernel<'hierarchicalLoss', Host, 'sync'> = (p, inputs) => ({
  loss: solve(p, inputs),
});

export const hierarchicalLossGrad: Kernel<'hierarchicalLossGrad', Host, 'sync'> = (p, inputs) => {
  const dh = allocate(p.dtype, inputs.h.length);
  const [dw, db] = [new Sums(p.touched * p.n), new Sums(p.touched)];
  const loss = solve(p, inputs, { places: inputs.places, dh, dw, db });
  const rows = inputs.touched.slice();
  return { loss, dh, rows, dweight: rounded(dw.values, p.dtype), dbias: rounded(db.values, p.dtype) };
};

/** l = Σ over the decisions on the path of −log p(the child taken), all of one sign. */
function solve(
  p: HierarchicalKernels['hierarchicalLoss']['problem'],
  inputs: Inputs,
  into?: Gradients,
): Host {
  const { logits, steps, tokens, chosen } = inputs;
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const h = new Float64Array(p.n);
  let [step, at] = [0, 0];
  return reduced(p, inputs.weights, inputs.dy, (start, token, scale) => {
    load(inputs.h, start, p, h);
    const [loss, dh] = [new Sum(), new Sums(p.n)];
    for (; tokens[step] === token; step++) {
      const first = at;
      while (steps[at] === step) at++;
      const z = new Float64Array(at - first);
      for (let k = 0; k < z.length; k++) z[k] = linear.logit(logits[first + k] as number, h);
      const taken = chosen[step] as number;
      if (z.length > 1) loss.add(choose(z, taken - first));
      else {
        const decided = decide(z[0] as number, taken >= 0);
        loss.add(decided.loss);
        z[0] = decided.dz;
      }
      if (!into) continue;
      for (let k = 0; k < z.length; k++) {
        const [row, place] = [logits[first + k] as number, into.places[first + k] as number];
        linear.backward(row, h, scale * (z[k] as number), dh, into.dw, into.db, place);
      }
    }
    if (into) store(dh.values, into.dh, start, p);
    return loss.value;
  });
}
