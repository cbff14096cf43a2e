// Of sparsemax and entmax at α = 1.5: p = a + v and p = ((a + v)/2)², a = x − low, where Σ p = 1.

/** The smallest value of the support. */
export let low: f64 = 0;
/** How far below it the threshold is. */
export let drop: f64 = 0;

/** Σ a, and what is missing: 1 − Σ a, or for α = 1.5 4 − Σ a². Both with their rounding errors. */
let sum: f64 = 0;
let missing: f64 = 0;

/**
 * Finds both for a row with this finite maximum; `room` takes as many float64 as the row has values. Only what is
 * within 1, or 2, of the maximum can have p > 0. From the smallest such value Newton's steps never pass the threshold
 * (Michelot 1986; for α = 1.5 those of √Σ a² − 2, which is convex), and each one drops a value.
 */
export function findThreshold(x: usize, n: usize, max: f32, half: bool, room: usize): void {
  const least = <f64>max - (half ? 2 : 1);
  let count: usize = 0;
  const bar = f32x4.splat(<f32>least);
  let i: usize = 0;
  for (const whole = n & ~3; i < whole; i += 4) {
    const near = i32x4.bitmask(f32x4.ge(v128.load(x + (i << 2)), bar));
    if (near) for (let j: usize = 0; j < 4; j++) if (near & (1 << <i32>j)) count = taken(x, i + j, room, count);
  }
  for (; i < n; i++) if (load<f32>(x + (i << 2)) >= <f32>least) count = taken(x, i, room, count);
  for (;;) {
    measure(room, count, half);
    if (missing > 0) break;
    const step = half ? (4 - missing - 2 * Math.sqrt(4 - missing)) / sum : -missing / <f64>count;
    count = kept(room, count, low + step * (1 - 3.552713678800501e-15));
  }
  drop = half ? missing / (sum + Math.sqrt(sum * sum + <f64>count * missing)) : missing / <f64>count;
}

@inline function taken(x: usize, k: usize, room: usize, count: usize): usize {
  store<f64>(room + (count << 3), <f64>load<f32>(x + (k << 2)));
  return count + 1;
}

/** Those above `low`, and at least `least`. */
function kept(values: usize, n: usize, least: f64): usize {
  let count: usize = 0;
  for (let k: usize = 0; k < n; k++) {
    const v = load<f64>(values + (k << 3));
    if (v <= low || v < least) continue;
    store<f64>(values + (count << 3), v);
    count++;
  }
  return count;
}

/** TwoSum and TwoProduct (Knuth; Dekker 1971): where `missing` is small, so is the smallest probability. */
function measure(values: usize, n: usize, half: bool): void {
  low = Infinity;
  for (let k: usize = 0; k < n; k++) low = min(low, load<f64>(values + (k << 3)));
  let s: f64 = 0;
  let m: f64 = half ? 4 : 1;
  let lost: f64 = 0;
  for (let k: usize = 0; k < n; k++) {
    const v = load<f64>(values + (k << 3));
    const a = v - low;
    const part = a - v;
    const e = v - (a - part) - (low + part);
    s += a;
    const t = half ? a * a : a;
    if (half) {
      const c = a * 134217729;
      const h = c - (c - a);
      const l = a - h;
      lost -= h * h - t + 2 * h * l + l * l + 2 * a * e;
    } else lost -= e;
    const next = m - t;
    const back = next - m;
    lost += m - (next - back) - (t + back);
    m = next;
  }
  sum = s;
  missing = m + lost;
}
