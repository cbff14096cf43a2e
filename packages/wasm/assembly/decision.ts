import { exp64, log1p, LOWERED } from './double-exp';
import { exponentials, rest, top, topAt } from './double-row';

/** −log softmax(z)[chosen] of n logits; z becomes its gradient, softmax(z) − e_chosen, exactly 0 where z is −∞. */
export function choose(z: usize, n: usize, chosen: usize): f64 {
  const at = z + (chosen << 3);
  const own = load<f64>(at);
  const others = exponentials(z, n, 1, -Infinity) ? rest : NaN;
  const total = 1 + others;
  for (const end = z + (n << 3); z < end; z += 8) {
    const e = load<f64>(z);
    store<f64>(z, e == -Infinity ? 0 : (e * LOWERED) / total);
  }
  // 1 − p of the likeliest entry is rest/Σ e: nothing cancels.
  if (own > -Infinity || own != own) store<f64>(at, chosen == topAt ? -others / total : load<f64>(at) - 1);
  return top - own + log1p(others);
}

/** The same of two children, of which z is the first one's logit against the other's: −log σ(±z), and σ(z) − [first]. */
export function chooseOfTwo(z: usize, first: bool): f64 {
  const v = load<f64>(z);
  const e = v == v ? exp64(-Math.abs(v)) : v;
  const isLikelier = v >= 0 == first;
  const off = (isLikelier ? e : 1) / (1 + e);
  store<f64>(z, first ? (v == -Infinity ? 0 : -off) : off);
  return log1p(e) + (isLikelier ? 0 : Math.abs(v));
}
