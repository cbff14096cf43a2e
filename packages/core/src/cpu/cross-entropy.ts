import type { Kernel } from '../contract/backend.ts';
import type { CrossEntropy } from '../contract/kernels.ts';
import { allocate, type FloatType, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { inDoubles } from './arithmetic/double-log-sum.ts';
import { type Exponentials, exponentials } from './arithmetic/exponentials.ts';
import { roughLogOfSum, showsErrors } from './arithmetic/log-of-sum.ts';
import { NOTHING, type Scaled, toNumber } from './arithmetic/scaled.ts';
import { isOrdinary, isWithin, multiply, ratio, ScaledSum, times } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';
import {
  addTerms,
  FAR,
  isFaint,
  LEAST,
  lifts,
  type Row,
  scaledSlopes,
  scaledTargetSlopes,
} from './parts/cross-entropy-row.ts';
import { hide } from './parts/mask.ts';
import { reduced } from './parts/reduced.ts';
import { scaledRow } from './parts/scaled-row.ts';
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

/**
 * log Σ e^v, in double-double if it cancels: its square is a term of the loss. A wider sum would
 * add 1.7 kB to a bundle of `crossEntropy` alone.
 */
function logOfSum(v: Float64Array, row: Pick<Exponentials, 'max' | 'rest'>, dtype: FloatType): number {
  const rough = roughLogOfSum(row);
  const isRough = Number.isFinite(row.max) && showsErrors(rough, row.max, row.rest, dtype);
  return (isRough ? inDoubles({ x: v, b: undefined, count: 1 }, 16)?.value : undefined) ?? rough;
}

/**
 * l = Σ a·(−log p) + zLoss·lse², a = w ∘ q: every term of the sum has one sign. Writes the
 * gradients to dx and dt.
 */
function solve(p: CrossEntropy, inputs: Inputs, dx?: Host, dt?: Host): Host {
  const { x, weights, mask } = inputs;
  const [v, z, a] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, weights, inputs.dy, (start, row, scale) => {
    load(x, start, p, v);
    // A row without a possible class counts as absent: a mask removes entries.
    if (mask && !hide(mask, start, p.inner, v)) return 0;
    z.set(v);
    const { max, at, rest } = exponentials(z);
    const log = Math.log1p(rest);
    const lse = p.zLoss > 0 ? logOfSum(v, { max, rest }, p.dtype) : 0;
    const slope = p.zLoss > 0 ? ratio(p.zLoss, lse) : NOTHING;
    const tilt = times(slope, { m: 2, e: 0 });
    const unit = weightedTarget(p, inputs, start, row, a, tilt);
    const half = max > FAR;
    // If the rest is subnormal, so is the distance of the most probable entry, and a large factor
    // may multiply it.
    const lifted = rest < LEAST && lifts(scale, (weights[row] as number) / p.denominator);
    const scaledRest = lifted ? scaledRow(v, { max, at }).rest : undefined;
    const rowTerms: Row = { v, z, a, max, at, rest, log, half, scaledRest, unit };
    const isPlain = !half && !lifted;
    const loss = new ScaledSum();
    const plain = new Sum();
    if (isPlain && unit === 0)
      for (let k = 0; k < p.n; k++)
        if (a[k] !== 0) plain.add((a[k] as number) * (max - (v[k] as number) + log));
    if (isWithin(plain.value)) loss.add(plain.value);
    else addTerms(loss, rowTerms);
    if (p.zLoss > 0) loss.add(slope.m, lse, slope.e);
    if (dx) {
      const factor = { m: scale.m, e: scale.e + unit };
      slopes(rowTerms, toNumber({ m: tilt.m, e: tilt.e - unit }), factor);
      store(z, dx, start, p);
    }
    if (dt) {
      if (!(isPlain && targetSlopes(p, inputs, start, rowTerms, scale)))
        scaledTargetSlopes(p, inputs, start, rowTerms, scale);
      store(z, dt, start, p);
    }
    return Number.isFinite(max) ? loss.value : Number.NaN;
  });
}

/**
 * z = (Σ a·p − a + tilt·p)·factor, from the exponentials in z. In the form
 * p·(Σ_{j ≠ k} a_j) − a_k·(1 − p) it does not cancel for p close to one-hot: 1 − p of the most
 * probable entry is rest/Σ e.
 * Σ_{j ≠ k} a_j = Σ a − a_k cancels only for the largest a, which is therefore kept apart from the
 * sum of the others.
 */
function slopes(row: Row, tilt: number, factor: Scaled): void {
  const { v, z, a, at, rest, scaledRest } = row;
  const top = placeOfLargest(a);
  const sum = new Sum();
  for (let k = 0; k < a.length; k++) if (k !== top && a[k] !== 0) sum.add(a[k] as number);
  const lesser = sum.value;
  const mass = lesser + (a[top] as number);
  const reach = lifts(times(factor, { m: Math.abs(mass) + Math.abs(tilt), e: 0 }));
  if (scaledRest || !Number.isFinite(factor.m) || (reach && isFaint(row))) {
    scaledSlopes(row, { top, lesser, mass, tilt, factor, reach });
    return;
  }
  const total = 1 + rest;
  const others = rest / total;
  for (let k = 0; k < z.length; k++) {
    const share = (z[k] as number) / total;
    const pull = (k === top ? lesser : mass - (a[k] as number)) + tilt;
    const slope = share * pull - (a[k] as number) * (k === at ? others : 1 - share);
    z[k] = v[k] === Number.NEGATIVE_INFINITY ? 0 : slope + 0;
  }
  multiply(z, factor);
}

function placeOfLargest(a: Float64Array): number {
  let [at, largest] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const size = Math.abs(a[k] as number);
    if (size > largest) [at, largest] = [k, size];
  }
  return at;
}

/** z = (1 − α)·w·(−log p)·scale. Returns false if one of these needs its own exponent. */
function targetSlopes(
  { n, inner, smoothing }: CrossEntropy,
  { mask, classWeights }: Inputs,
  start: number,
  { v, z, max, log }: Row,
  scale: Scaled,
): boolean {
  const rate = scale.m === 0 ? 0 : 1 - smoothing;
  let isPlain = true;
  for (let k = 0; k < n; k++) {
    const w = mask?.[start + k * inner] === 0 ? 0 : classWeights ? (classWeights[k] as number) : 1;
    const slope = w === 0 || rate === 0 ? 0 : rate * w * (max - (v[k] as number) + log);
    z[k] = slope;
    if (slope !== 0 ? !isWithin(slope) || !isOrdinary(w) : w !== 0 && rate !== 0) isPlain = false;
  }
  if (isPlain) multiply(z, scale);
  return isPlain;
}
