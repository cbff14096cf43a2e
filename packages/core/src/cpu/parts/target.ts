import type { Likelihood } from '../../contract/kernels.ts';
import type { Host } from '../../layout/dtype.ts';
import { load } from '../../layout/rows.ts';
import { allowed } from './mask.ts';

export interface TargetInputs {
  readonly classes?: Host | undefined;
  readonly target?: Host | undefined;
  readonly mask?: Host | undefined;
  readonly classWeights?: Host | undefined;
}

/** a = w ∘ q, q = (1 − α)·target + α/K over the K classes that the mask allows: what −log p is multiplied by. */
export function weightedTarget(
  p: Likelihood,
  inputs: TargetInputs,
  start: number,
  row: number,
  a: Float64Array,
): void {
  const { classes, target, mask, classWeights } = inputs;
  const { smoothing, inner } = p;
  if (target) load(target, start, p, a);
  else a.fill(0);
  if (classes) a[classes[row] as number] = 1;
  const share = smoothing === 0 ? 0 : smoothing / allowed(mask, start, p);
  for (let k = 0; k < a.length; k++) {
    const q = (1 - smoothing) * (a[k] as number) + share;
    a[k] = mask?.[start + k * inner] === 0 ? 0 : q * (classWeights ? (classWeights[k] as number) : 1);
  }
}
