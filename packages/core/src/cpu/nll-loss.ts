import type { Kernel } from '../contract/backend.ts';
import type { Likelihood } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { ScaledSum, scaledBy } from './arithmetic/scaled-sum.ts';
import { reduced } from './parts/reduced.ts';
import { type TargetInputs, weightedTarget } from './parts/target.ts';

interface Inputs extends TargetInputs {
  readonly x: Host;
  readonly weights: Host;
  readonly dy?: Host | undefined;
}

export const nllLoss: Kernel<'nllLoss', Host, 'sync'> = (p, inputs) => ({ loss: solve(p, inputs) });

export const nllLossGrad: Kernel<'nllLossGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  return { loss: solve(p, inputs, dx), dx };
};

/** l = −Σ a·x, a = w ∘ q, dx = −a. A log-probability that the target does not ask for is not read. */
function solve(p: Likelihood, inputs: Inputs, dx?: Host): Host {
  const [x, a] = [new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, inputs.weights, inputs.dy, (start, row, scale) => {
    load(inputs.x, start, p, x);
    const unit = weightedTarget(p, inputs, start, row, a);
    const gradient = { m: scale.m, e: scale.e + unit };
    const loss = new ScaledSum();
    for (let k = 0; k < p.n; k++) {
      if (a[k] === 0) continue;
      loss.add(-(a[k] as number), x[k] as number, unit);
      a[k] = scaledBy(-(a[k] as number), gradient);
    }
    if (dx) store(a, dx, start, p);
    return loss.value;
  });
}
