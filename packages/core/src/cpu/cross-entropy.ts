import type { Kernel } from '../contract/backend.ts';
import type { CrossEntropy } from '../contract/kernels.ts';
import { allocate, type FloatType, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { inDoubles } from './arithmetic/double-log-sum.ts';
import { type Exponentials, exponentials, scaledExponential } from './arithmetic/exponentials.ts';
import { roughLogOfSum, showsErrors } from './arithmetic/log-of-sum.ts';
import { NOTHING, quotient, type Scaled, scaled, toNumber } from './arithmetic/scaled.ts';
import { isOrdinary, isWithin, ratio, ScaledSum, scaledBy, times } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';
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

/** Below it, what is multiplied by large numbers is kept as m·2^e. */
const LEAST = 2 ** -960;
const lifts = ({ m, e }: Scaled, share = 0): boolean => e > 0 || Math.abs(m) > 1 || Math.abs(share) > 1;

/** Above this, max − v may overflow: distances are then taken of halves. */
const FAR = 2 ** 960;

/**
 * log Σ e^v, in double-double where it cancels: its square is a term beside the loss. A wider sum would add 1.7 kB to a
 * bundle of `crossEntropy` alone.
 */
function logOfSum(v: Float64Array, row: Pick<Exponentials, 'max' | 'rest'>, dtype: FloatType): number {
  const rough = roughLogOfSum(row);
  const isRough = Number.isFinite(row.max) && showsErrors(rough, row.max, row.rest, dtype);
  return (isRough ? inDoubles({ x: v, b: undefined, count: 1 }, 16)?.value : undefined) ?? rough;
}

/** l = Σ a·(−log p) + zLoss·lse², a = w ∘ q: every term of the sum has one sign. The gradients go into dx and dt. */
function solve(p: CrossEntropy, inputs: Inputs, dx?: Host, dt?: Host): Host {
  const { x, weights, mask, classWeights } = inputs;
  const [v, z, a] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, weights, inputs.dy, (start, row, scale) => {
    load(x, start, p, v);
    // A row without a possible class is no row: masking is removing.
    if (mask && !hide(mask, start, p.inner, v)) return 0;
    z.set(v);
    const { max, at, rest } = exponentials(z);
    const log = Math.log1p(rest);
    const lse = p.zLoss > 0 ? logOfSum(v, { max, rest }, p.dtype) : 0;
    const slope = p.zLoss > 0 ? ratio(p.zLoss, lse) : NOTHING;
    const tilt = times(slope, { m: 2, e: 0 });
    const unit = weightedTarget(p, inputs, start, row, a, tilt);
    const half = max > FAR ? 1 : 0;
    const distance = (k: number) =>
      half ? max / 2 - (v[k] as number) / 2 + log / 2 : max - (v[k] as number) + log;
    const loss = new ScaledSum();
    // Where the rest is subnormal, so is the distance of the likeliest: it may be multiplied by what lifts it.
    const lifted = rest < LEAST && lifts(scale, (weights[row] as number) / p.denominator);
    const { rest: own } = lifted ? scaledRow(v, { max, at }) : { rest: NOTHING };
    const plain = new Sum();
    if (unit === 0 && !half && !lifted)
      for (let k = 0; k < p.n; k++)
        if (a[k] !== 0) plain.add((a[k] as number) * (max - (v[k] as number) + log));
    if (isWithin(plain.value)) loss.add(plain.value);
    else
      for (let k = 0; k < p.n; k++) {
        if (a[k] === 0) continue;
        if (lifted && v[k] === max) loss.add(a[k] as number, own.m, own.e + unit);
        else loss.add(a[k] as number, distance(k), half + unit);
      }
    if (p.zLoss > 0) loss.add(slope.m, lse, slope.e);
    if (dx) {
      const others = lifted ? quotient(own, { m: 1 + rest, e: 0 }) : { m: rest / (1 + rest), e: 0 };
      const by = { m: scale.m, e: scale.e + unit };
      gradient(v, z, a, {
        max,
        at,
        total: 1 + rest,
        others,
        tilt: toNumber({ m: tilt.m, e: tilt.e - unit }),
        by,
      });
      store(z, dx, start, p);
    }
    if (dt) {
      const kept = scale.m === 0 ? 0 : 1 - p.smoothing;
      for (let k = 0; k < p.n; k++) {
        const w = mask?.[start + k * p.inner] === 0 ? 0 : (classWeights?.[k] ?? 1);
        const plain = kept * w * distance(k);
        if (kept === 0 || w === 0) z[k] = 0;
        else if (lifted && v[k] === max) z[k] = toNumber(times(times(ratio(kept, w), scale), own));
        else if (!half && isOrdinary(w) && isWithin(plain)) z[k] = scaledBy(plain, scale);
        else z[k] = toNumber(times(times(ratio(kept, w), scale), { m: distance(k), e: half }));
      }
      store(z, dt, start, p);
    }
    return Number.isFinite(max) ? loss.value : Number.NaN;
  });
}

interface Slopes {
  readonly max: number;
  /** The place of the likeliest entry, and 1 − p of it. */
  readonly at: number;
  readonly others: Scaled;
  /** Σ e. */
  readonly total: number;
  readonly tilt: number;
  readonly by: Scaled;
}

/**
 * z = (Σ a·p − a + tilt·p)·by, from the exponentials in z. Written as p·(Σ_{j ≠ k} a_j) − a_k·(1 − p) it does not cancel
 * where p is close to one-hot: 1 − p of the likeliest entry is rest/Σ e. Nor does Σ_{j ≠ k} a_j = Σ a − a_k of all but the
 * largest a, which therefore stands apart from the others' sum.
 */
function gradient(
  v: Float64Array,
  z: Float64Array,
  a: Float64Array,
  { max, at, others, total, tilt, by }: Slopes,
): void {
  const top = placeOfLargest(a);
  const sum = new Sum();
  for (let k = 0; k < a.length; k++) if (k !== top) sum.add(a[k] as number);
  const lesser = sum.value;
  const mass = lesser + (a[top] as number);
  const least = lifts(times(by, { m: Math.abs(mass) + Math.abs(tilt), e: 0 })) ? LEAST : 0;
  for (let k = 0; k < z.length; k++) {
    const e = z[k] as number;
    const own = a[k] as number;
    const pull = (k === top ? lesser : mass - own) + tilt;
    if (v[k] === Number.NEGATIVE_INFINITY) z[k] = 0;
    else if (!Number.isFinite(by.m)) {
      // The sign of the slope, also where p is 0 in float64.
      const slope = (e / total) * pull - own * (k === at ? others.m : 1 - e / total);
      z[k] = (slope === 0 ? pull : slope) * by.m;
    } else if (k === at && others.e !== 0)
      z[k] = scaledBy(pull / total, by) - toNumber(times(times(others, { m: own, e: 0 }), by));
    else if (e < least) {
      const p = scaledExponential(v[k] as number, max, 0, 1);
      z[k] = toNumber(times(p, times(scaled(pull / total), by))) - scaledBy(own, by);
    } else {
      const slope = (e / total) * pull - own * (k === at ? others.m : 1 - e / total);
      z[k] = slope === 0 ? 0 : scaledBy(slope, by);
    }
  }
}

function placeOfLargest(a: Float64Array): number {
  let at = 0;
  for (let k = 1; k < a.length; k++) if (Math.abs(a[k] as number) > Math.abs(a[at] as number)) at = k;
  return at;
}
