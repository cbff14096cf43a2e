/**
 * y·factor, in place. A factor too small for float32 is multiplied in two steps, so that subnormal results are rounded once,
 * and one too large in float64; y = 0 stays 0 whatever the factor is.
 */
export function scale(y: usize, n: usize, factor: f64): void {
  const size = Math.abs(factor);
  if (!(size < 1e38)) return multiplyWide(y, n, factor);
  if (!(size < 1e-30)) return multiply(y, n, <f32>factor);
  if (size < 1e-64) {
    memory.fill(y, 0, n << 2);
    return;
  }
  multiply(y, n, <f32>(factor * 1.2379400392853803e27));
  multiply(y, n, <f32>8.077935669463161e-28);
}

function multiplyWide(y: usize, n: usize, factor: f64): void {
  for (const end = y + (n << 2); y < end; y += 4) {
    const v = load<f32>(y);
    if (v != 0) store<f32>(y, <f32>(<f64>v * factor));
  }
}

function multiply(y: usize, n: usize, factor: f32): void {
  const f = f32x4.splat(factor);
  const end = y + (n << 2);
  const end64 = y + ((n & ~15) << 2);
  for (; y < end64; y += 64) {
    v128.store(y, f32x4.mul(v128.load(y, 0), f), 0);
    v128.store(y, f32x4.mul(v128.load(y, 16), f), 16);
    v128.store(y, f32x4.mul(v128.load(y, 32), f), 32);
    v128.store(y, f32x4.mul(v128.load(y, 48), f), 48);
  }
  for (const end16 = y + ((end - y) & ~15); y < end16; y += 16) v128.store(y, f32x4.mul(v128.load(y), f));
  for (; y < end; y += 4) store<f32>(y, load<f32>(y) * factor);
}
