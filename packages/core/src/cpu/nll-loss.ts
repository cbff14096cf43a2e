import type { Kernel } from '../contract/backend.ts';
import type { Likelihood } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { toNumber } from './arithmetic/scaled.ts';
import { isOrdinary, isWithin, ScaledSum, times } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';
import { reduced } from './parts/reduced.ts';
import { scaledTargets, type TargetInputs, weightedTarget } from './parts/target.ts';

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

/**
 * l = −Σ a·x, a = w ∘ q, dx = −a. A log-probability that the target does not select is not read.
 */
function solve(p: Likelihood, inputs: Inputs, dx?: Host): Host {
  const [x, a] = [new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, inputs.weights, inputs.dy, (start, row, scale) => {
    load(inputs.x, start, p, x);
    const loss = new ScaledSum();
    const plain = new Sum();
    if (weightedTarget(p, inputs, start, row, a) === 0 && scale.e === 0 && isOrdinary(scale.m))
      for (let k = 0; k < p.n; k++) {
        const weight = a[k] as number;
        if (weight === 0) continue;
        plain.add(-weight * (x[k] as number));
        a[k] = -weight * scale.m;
      }
    if (isWithin(plain.value)) loss.add(plain.value);
    // Classes are independent, so each has its own exponent.
    else
      for (const [k, { m, e }] of scaledTargets(p, inputs, start, row).entries()) {
        a[k] = m === 0 ? 0 : toNumber(times({ m: -m, e }, scale));
        if (m !== 0) loss.add(-m, x[k] as number, e);
      }
    if (dx) store(a, dx, start, p);
    return loss.value;
  });
}
