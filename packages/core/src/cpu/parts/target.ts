import type { Likelihood } from '../../contract/kernels.ts';
import type { Host } from '../../layout/dtype.ts';
import { load } from '../../layout/rows.ts';
import { NOTHING, type Scaled, scaled, sumOf, toNumber } from '../arithmetic/scaled.ts';
import { isOrdinary, ratio, times } from '../arithmetic/scaled-sum.ts';
import { allowed } from './mask.ts';

export interface TargetInputs {
  readonly classes?: Host | undefined;
  readonly target?: Host | undefined;
  readonly mask?: Host | undefined;
  readonly classWeights?: Host | undefined;
}

/** Returns true for weights whose products with probabilities keep their digits. */
function isTame(a: number): boolean {
  const size = Math.abs(a);
  return (size >= LEAST && size <= MOST) || size === 0;
}
const LEAST = 2 ** -100;
const MOST = 2 ** 100;

/**
 * a = w ∘ q, q = (1 − α)·target + α/K over the K classes that the mask allows: the factor of
 * −log p. Returns the exponent e of its unit 2^e, 0 if all are ordinary numbers.
 *
 * @param beside another term of the sum that must be ordinary in the same unit
 */
export function weightedTarget(
  p: Likelihood,
  inputs: TargetInputs,
  start: number,
  row: number,
  a: Float64Array,
  beside: Scaled = NOTHING,
): number {
  const { classes, mask, classWeights } = inputs;
  const { smoothing, inner } = p;
  const isOrdinaryBeside = beside.e === 0 && isOrdinary(beside.m);
  if (classes && smoothing === 0) {
    const y = classes[row] as number;
    const targetWeight = classWeights ? (classWeights[y] as number) : 1;
    a.fill(0);
    a[y] = targetWeight;
    return isTame(targetWeight) && isOrdinaryBeside ? 0 : scaledTarget(p, inputs, start, row, a, beside);
  }
  const share = smoothing === 0 ? 0 : smoothing / allowed(mask, start, p);
  if (classes && !mask && !classWeights) {
    const y = classes[row] as number;
    const targetWeight = 1 - smoothing + share;
    a.fill(share);
    a[y] = targetWeight;
    const isPlain = isTame(share) && isTame(targetWeight) && isOrdinaryBeside;
    return isPlain ? 0 : scaledTarget(p, inputs, start, row, a, beside);
  }
  loadTarget(p, inputs, start, row, a);
  let tame = isTame(share) && isOrdinaryBeside;
  for (let k = 0; k < a.length; k++) {
    const w = mask?.[start + k * inner] === 0 ? 0 : classWeights ? (classWeights[k] as number) : 1;
    const q = (1 - smoothing) * (a[k] as number) + share;
    const product = w === 0 ? 0 : q * w;
    const size = Math.abs(product);
    if (!(size >= LEAST && size <= MOST) && w !== 0 && q !== 0) tame = false;
    a[k] = product;
  }
  return tame ? 0 : scaledTarget(p, inputs, start, row, a, beside);
}

function loadTarget(p: Likelihood, inputs: TargetInputs, start: number, row: number, a: Float64Array): void {
  const { classes, target } = inputs;
  if (target) load(target, start, p, a);
  else a.fill(0);
  if (classes) a[classes[row] as number] = 1;
}

function weightOf(
  { inner }: Likelihood,
  { mask, classWeights }: TargetInputs,
  start: number,
  k: number,
): number {
  if (mask?.[start + k * inner] === 0) return 0;
  return classWeights ? (classWeights[k] as number) : 1;
}

/** The weighted target from factors with separate exponents; the largest a is below 2^1001. */
function scaledTarget(
  p: Likelihood,
  inputs: TargetInputs,
  start: number,
  row: number,
  a: Float64Array,
  beside: Scaled,
): number {
  const all = scaledTargets(p, inputs, start, row);
  const exponents = [...all, beside].map(
    ({ m, e }) => scaled(m).e + (m === 0 ? Number.NEGATIVE_INFINITY : e),
  );
  const largest = exponents.reduce((most, e) => Math.max(most, e), Number.NEGATIVE_INFINITY);
  // 0 means that all are ordinary.
  const unit = (Number.isFinite(largest) ? largest - 1000 : 0) || 1;
  for (const [k, { m, e }] of all.entries()) a[k] = toNumber({ m, e: e - unit });
  return unit;
}

/** The values of a, each with its own exponent. */
export function scaledTargets(
  p: Likelihood,
  inputs: TargetInputs,
  start: number,
  row: number,
): readonly Scaled[] {
  const target = new Float64Array(p.n);
  loadTarget(p, inputs, start, row, target);
  const share = ratio(p.smoothing, 1, p.smoothing === 0 ? 1 : allowed(inputs.mask, start, p));
  return Array.from(target, (t, k): Scaled => {
    const w = weightOf(p, inputs, start, k);
    return w === 0 ? NOTHING : times(sumOf([ratio(1 - p.smoothing, t), share]), { m: w, e: 0 });
  });
}
