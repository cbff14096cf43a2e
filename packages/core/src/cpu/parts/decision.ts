import { type Double, double, minus, over, plus, times } from '../arithmetic/double-double.ts';
import { exponentials } from '../arithmetic/exponentials.ts';
import { powerOf } from '../arithmetic/log-of-sum.ts';
import type { Scaled } from '../arithmetic/scaled.ts';
import type { Linear, Logits } from './linear.ts';

/**
 * The logits of the children of a node. For two children the weights give one logit z, and
 * log σ(±z) is the log-softmax of (min(z, 0), min(−z, 0)), exact for every z and at ±∞. An only
 * child is certain.
 */
export function decision(logits: Logits): Logits {
  const { z, low } = logits;
  if (z.length > 1) return logits;
  const [only] = z;
  if (only === undefined) return { z: new Float64Array(1) };
  const both = (v: number, first = only < 0) => Float64Array.of(first ? v : 0, first ? 0 : -v);
  return { z: both(only), low: low && both(low[0] as number) };
}

/**
 * Returns −log softmax(z)[chosen]; replaces z by its gradient, softmax(z) − e_chosen, exactly 0 for
 * a −inf logit.
 */
export function choose({ z, low }: Logits, chosen: number): Scaled {
  const v = z.slice();
  const { max, at, rest } = exponentials(z, 1, undefined, low);
  for (let k = 0; k < z.length; k++) {
    const p = (z[k] as number) / (1 + rest);
    // 1 − p of the most probable entry is rest/Σ e: nothing cancels.
    z[k] = k !== chosen ? p : k === at ? -rest / (1 + rest) : p - 1;
    if (v[k] === Number.NEGATIVE_INFINITY) z[k] = 0;
  }
  const beyond = low ? (low[at] ?? 0) - (low[chosen] as number) : 0;
  const logit = v[chosen] as number;
  const m = max - logit + beyond + Math.log1p(rest);
  // Half of a distance that overflows; the rest is negligible beside it.
  const isFar = m === Number.POSITIVE_INFINITY && logit > Number.NEGATIVE_INFINITY;
  return isFar ? { m: max / 2 - logit / 2, e: 1 } : { m, e: 0 };
}

/** The softmax of logits, or its logarithm; with low words if the logits have them. */
export function normalise({ z, low }: Logits, log: boolean): Logits {
  const e = z.slice();
  const { max, at, rest } = exponentials(e, 1, undefined, low);
  const off = Math.log1p(rest);
  if (!low) return { z: e.map((share, k) => (log ? (z[k] as number) - max - off : share / (1 + rest))) };
  const out = { z: e, low: new Float64Array(e.length) };
  const of = (k: number): Double => ({ high: z[k] as number, low: low[k] as number });
  const top = at < 0 ? double(max) : of(at);
  // The exponents v − max, then the terms of the sum: a product over many decisions is rounded
  // once.
  const terms = Array.from(z, (_, k) => (log ? double(0) : powerOf(of(k), top)));
  const total = terms.reduce(plus, double(0));
  for (let k = 0; k < e.length; k++) {
    const d = log ? minus(minus(of(k), top), double(off)) : over(terms[k] as Double, total);
    out.z[k] = d.high;
    out.low[k] = d.low;
  }
  return out;
}

/**
 * The probability of a child, or its logarithm, from the probability of its parent. Below
 * probability 0 nothing is read: 0·NaN.
 */
export function below(above: Double, { z, low }: Logits, k: number, log: boolean): Double {
  if (above.high === (log ? Number.NEGATIVE_INFINITY : 0)) return above;
  const share = { high: z[k] as number, low: low?.[k] ?? 0 };
  return log ? plus(above, share) : times(above, share);
}

interface Walked {
  readonly first: ArrayLike<number>;
  readonly rowOf: ArrayLike<number>;
}

/** The logits of the children of a node; none for a leaf. */
export function decisionAt(linear: Linear, h: Float64Array, { first, rowOf }: Walked, node: number): Logits {
  const from = first[node] as number;
  const count = (first[node + 1] as number) - from;
  if (count === 0) return { z: new Float64Array(0) };
  return decision(linear.logits({ z: h }, rowOf[from], count > 2 ? count : count - 1));
}
