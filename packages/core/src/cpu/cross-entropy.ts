import type { Kernel } from '../contract/backend.ts';
import type { CrossEntropy } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { exponentials } from './arithmetic/exponentials.ts';
import { logOfSum } from './arithmetic/log-of-sum.ts';
import { Sum } from './arithmetic/sum.ts';
import { hide } from './parts/mask.ts';
import { reduced } from './parts/reduced.ts';
import { type TargetInputs, weightedTarget } from './parts/target.ts';

interface Inputs extends TargetInputs {
  readonly x: Host;
  readonly weights: Host;
  readonly dy?: Host | undefined;
}

export const crossEntropy: Kernel<'crossEntropy', Host, 'sync'> = (p, inputs) => ({ loss: solve(p, inputs) });
export const softCrossEntropy: Kernel<'softCrossEntropy', Host, 'sync'> = (p, inputs) => ({
  loss: solve(p, inputs),
});

export const crossEntropyGrad: Kernel<'crossEntropyGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  return { loss: solve(p, inputs, dx), dx };
};
export const softCrossEntropyGrad: Kernel<'softCrossEntropyGrad', Host, 'sync'> = (p, inputs) => {
  const [dx, dt] = [allocate(p.dtype, inputs.x.length), allocate(p.dtype, inputs.x.length)];
  return { loss: solve(p, inputs, dx, dt), dx, dt };
};

/** l = Σ a·(−log p) + zLoss·lse², a = w ∘ q: every term of the sum has one sign. The gradients go into dx and dt. */
function solve(p: CrossEntropy, inputs: Inputs, dx?: Host, dt?: Host): Host {
  const { x, weights, mask, classWeights } = inputs;
  const [v, z, a] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, weights, inputs.dy, (start, row, share, dy) => {
    const put = (to: Host) => {
      for (let k = 0; k < p.n; k++) if (z[k] !== 0) z[k] = (z[k] as number) * share * dy;
      store(z, to, start, p);
    };
    load(x, start, p, v);
    // A row without a possible class is no row: masking is removing.
    if (mask && !hide(mask, start, p.inner, v)) return 0;
    z.set(v);
    weightedTarget(p, inputs, start, row, a);
    const { max, at, rest } = exponentials(z);
    const log = Math.log1p(rest);
    const lse = p.zLoss > 0 ? logOfSum(v, { max, at, rest }, p.dtype) : 0;
    const [loss, mass] = [new Sum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      if (a[k] === 0) continue;
      loss.add((a[k] as number) * (max - (v[k] as number) + log));
      mass.add(a[k] as number);
    }
    if (p.zLoss > 0) loss.add(p.zLoss * lse * lse);
    if (dx) {
      gradient(v, z, a, at, rest, mass.value, 2 * p.zLoss * lse);
      put(dx);
    }
    if (dt) {
      for (let k = 0; k < p.n; k++) {
        const hidden = dy === 0 || mask?.[start + k * p.inner] === 0;
        const w = hidden ? 0 : (1 - p.smoothing) * (classWeights ? (classWeights[k] as number) : 1);
        z[k] = w === 0 ? 0 : w * (max - (v[k] as number) + log);
      }
      put(dt);
    }
    return Number.isFinite(max) ? loss.value : Number.NaN;
  });
}

/**
 * z = mass·p − a + tilt·p, from the exponentials in z. Written as p·(mass − a) − a·(1 − p) it does not cancel
 * where p is close to one-hot: 1 − p of the likeliest entry is rest/Σ e.
 */
function gradient(
  v: Float64Array,
  z: Float64Array,
  a: Float64Array,
  at: number,
  rest: number,
  mass: number,
  tilt: number,
): void {
  for (let k = 0; k < z.length; k++) {
    const p = (z[k] as number) / (1 + rest);
    const q = k === at ? rest / (1 + rest) : 1 - p;
    const [own, other] = [a[k] as number, mass - (a[k] as number)];
    z[k] = v[k] === Number.NEGATIVE_INFINITY ? 0 : p * (other + tilt) - own * q;
  }
}
