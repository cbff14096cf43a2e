import { log1p } from './double-exp';
import { anyAllowed } from './logits';
import { leads } from './team';

/** What a row without a possible entry becomes; see EmptyRow in core. */
export const NAN: i32 = 0;
export const ZERO: i32 = 1;
export const UNIFORM: i32 = 2;

/** The probabilities of a row whose largest logit is no finite number, or where `log` their logarithms. */
export function degenerate<T>(
  max: f64, mask: usize, y: usize, n: usize, masked: i32, impossible: i32, log: bool,
): void {
  if (!leads()) return;
  const left = mask == 0 || anyAllowed(mask, n);
  const fill = max != -Infinity ? NAN : left ? impossible : masked;
  let count: usize = 0;
  for (let k: usize = 0; k < n; k++) if (!isHidden(mask, left, k)) count++;
  const hidden: f64 = log ? -Infinity : 0;
  const share: f64 = log ? -log1p(<f64>count - 1) : 1 / <f64>count;
  const value: f64 = fill == NAN ? NaN : fill == ZERO ? hidden : share;
  for (let k: usize = 0; k < n; k++)
    store<T>(y + k * sizeof<T>(), <T>(isHidden(mask, left, k) ? hidden : value));
}

@inline function isHidden(mask: usize, left: bool, k: usize): bool {
  return left && mask != 0 && !load<u8>(mask + k);
}

/** The gradient of a row whose maximum is no finite number: NaN where an entry is possible, 0 elsewhere. */
export function undefinedGradient<T>(x: usize, mask: usize, y: usize, n: usize, negate: bool, removed: bool): void {
  if (!leads()) return;
  const impossible: T = negate ? Infinity : -Infinity;
  for (let k: usize = 0; k < n; k++) {
    const hidden = removed || (mask != 0 && !load<u8>(mask + k)) || load<T>(x + k * sizeof<T>()) == impossible;
    store<T>(y + k * sizeof<T>(), hidden ? 0 : NaN);
  }
}

/** Whether entry k takes part: it is not masked, and its logit not `impossible`. */
@inline export function isPossible<T>(x: usize, mask: usize, k: usize, impossible: T): bool {
  return (mask == 0 || load<u8>(mask + k) != 0) && load<T>(x + k * sizeof<T>()) != impossible;
}

/**
 * The gradients dy − Σ p·dy and dy − p·Σ dy, with a sign, of the entries from `start` to `end` of a row in IEEE arithmetic
 * where a dy is NaN or infinite: either sum is that of the infinite ones, as every p is above 0. What is impossible takes
 * no part. False, and nothing is written, where every possible dy is finite.
 */
export function unbounded<T>(
  x: usize, mask: usize, dy: usize, dx: usize, n: usize, negate: bool, start: usize, end: usize,
): bool {
  const impossible: T = negate ? Infinity : -Infinity;
  let sum: T = 0;
  for (let k: usize = 0; k < n; k++) {
    const g = load<T>(dy + k * sizeof<T>());
    if (!isFinite(g) && isPossible<T>(x, mask, k, impossible)) sum += g;
  }
  if (isFinite(sum)) return false;
  for (let k = start; k < end; k++) {
    const off = load<T>(dy + k * sizeof<T>()) - sum;
    store<T>(dx + k * sizeof<T>(), isPossible<T>(x, mask, k, impossible) ? (negate ? -off : off) : 0);
  }
  return true;
}
