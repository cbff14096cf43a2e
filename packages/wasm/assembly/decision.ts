import { exp64, log1p, LOWERED } from './double-exp';
import { exponentials, rest, top, topAt } from './double-row';
import { logit } from './linear';

/** The sum of all exponentials but the largest of two children, relative to it, of which z is the first one's logit against the other's. */
function restOfTwo(z: f64): f64 {
  return z == z ? exp64(-Math.abs(z)) : z;
}

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

/** The same of two children: −log σ(±z), and σ(z) − [first]. */
export function chooseOfTwo(z: usize, first: bool): f64 {
  const v = load<f64>(z);
  const e = restOfTwo(v);
  const isLikelier = v >= 0 == first;
  const off = (isLikelier ? e : 1) / (1 + e);
  store<f64>(z, first ? (v == -Infinity ? 0 : -off) : off);
  return log1p(e) + (isLikelier ? 0 : Math.abs(v));
}

/** The shares of n children in y, or their logarithms, whose logits are those of the rows from `row` on; `room` takes as many. */
export function decide(row: usize, n: usize, h: usize, y: usize, log: bool, room: usize): void {
  if (n == 1) store<f64>(y, log ? 0 : 1);
  else if (n == 2) {
    const z = logit(row, h);
    const e = restOfTwo(z);
    const off = log1p(e);
    const likelier: usize = z < 0 ? 8 : 0;
    store<f64>(y + likelier, log ? -off : 1 / (1 + e));
    store<f64>(y + 8 - likelier, log ? -off - Math.abs(z) : e / (1 + e));
  } else {
    const size = n << 3;
    for (let k: usize = 0; k < size; k += 8, row++) store<f64>(y + k, logit(row, h));
    memory.copy(room, y, size);
    const others = exponentials(room, n, 1, -Infinity) ? rest : NaN;
    const off = log1p(others);
    for (let k: usize = 0; k < size; k += 8)
      store<f64>(y + k, log ? load<f64>(y + k) - top - off : (load<f64>(room + k) * LOWERED) / (1 + others));
  }
}
