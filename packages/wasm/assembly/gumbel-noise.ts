// Gumbel noise of a seed, bit for bit that of @softmax/core: Threefry-2x32-20 (Salmon et al. 2011) for four counters at a
// time, and its logarithm for two, by the same IEEE operations in the same order and never fused.

import { highHalf } from './simd';

/** ln 2 in two pieces, the first of 32 bits. */
const LN2_HIGH: f64 = 2977044472.0 / 4294967296.0;
const LN2_LOW: f64 = -4.2009150726810846e-11;
/** The upper half of √½. */
const ROOT: i32 = 0x3fe6a09e;

/** Values that are made at a time. Each step over all of them: in one loop each would wait for the one before. */
const PART: usize = 512;
const VALUES: usize = memory.data(4096, 16);

/** scale·g for the counters (0, stream) … (n − 1, stream) of a key, as float64, or rounded to float32 where `single`. */
export function gumbelNoise(key0: i32, key1: i32, stream: i32, y: usize, n: usize, scale: f64, single: bool): void {
  for (let start: usize = 0; start < n; start += PART) {
    const length = min(PART, n - start);
    uniforms(key0, key1, stream, <i32>start, length);
    negateLog(length);
    negateLog(length);
    for (let k: usize = 0; k < length; k++) {
      const g = load<f64>(VALUES + (k << 3)) * scale;
      if (single) store<f32>(y + ((start + k) << 2), <f32>g);
      else store<f64>(y + ((start + k) << 3), g);
    }
  }
}

@inline function turned(v: v128, by: i32): v128 {
  return v128.or(i32x4.shl(v, by), i32x4.shr_u(v, 32 - by));
}

/** u of n counters, and of as many more as fill a vector. */
function uniforms(key0: i32, key1: i32, stream: i32, start: i32, n: usize): void {
  for (let k: usize = 0; k < n; k += 4) {
    let a = i32x4.splat(key0);
    let b = i32x4.splat(key1);
    let c = i32x4.splat(key0 ^ key1 ^ 0x1bd11bda);
    let v = i32x4.add(i32x4.add(i32x4.splat(start + <i32>k), i32x4(0, 1, 2, 3)), a);
    let w = i32x4.add(i32x4.splat(stream), b);
    for (let injection = 1; injection <= 5; injection++) {
      if (injection & 1) {
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 13), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 15), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 26), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 6), v);
      } else {
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 17), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 29), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 16), v);
        v = i32x4.add(v, w);
        w = v128.xor(turned(w, 24), v);
      }
      v = i32x4.add(v, b);
      w = i32x4.add(i32x4.add(w, c), i32x4.splat(injection));
      const first = a;
      a = b;
      b = c;
      c = first;
    }
    v128.store(VALUES + (k << 3), variates(v, w));
    v128.store(VALUES + (k << 3), variates(highHalf(v), highHalf(w)), 16);
  }
}

/** The uniform variates (2k + 1)/2⁵³ of the first two words in v and in w. */
@inline function variates(v: v128, w: v128): v128 {
  const rest = v128.or(i32x4.shl(i32x4.shr_u(w, 12), 1), i32x4.splat(1));
  const upper = f64x2.mul(f64x2.convert_low_i32x4_u(v), f64x2.splat(1.0 / 4294967296));
  return f64x2.add(upper, f64x2.mul(f64x2.convert_low_i32x4_u(rest), f64x2.splat(1.0 / 9007199254740992)));
}

/** 2/21, 2/19 … 2/3, then 1 and the two pieces of ln 2. Loaded for every vector: V8 would make each of them anew in three steps. */
const TERMS: usize = memory.data<f64>([
  2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3,
]);

/** −log of each value: see log.ts of @softmax/core. */
function negateLog(n: usize): void {
  const end = VALUES + (n << 3);
  for (let at = VALUES; at < end; at += 16) {
    const x = v128.load(at);
    // In the upper halves; what is in the lower ones is no number.
    const e = i32x4.shr_s(i32x4.sub(x, i32x4.splat(ROOT)), 20);
    const power = v128.and(i32x4.shl(i32x4.sub(i32x4.splat(1023), e), 20), i64x2.splat(-1 << 32));
    const f = f64x2.sub(f64x2.mul(x, power), f64x2.splat(1));
    const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
    const t = f64x2.mul(s, s);
    let r = f64x2.mul(t, v128.load64_splat(TERMS, 0));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 8), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 16), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 24), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 32), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 40), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 48), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 56), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 64), r));
    r = f64x2.mul(t, f64x2.add(v128.load64_splat(TERMS, 72), r));
    const h = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
    const k = f64x2.convert_low_i32x4_s(i32x4.shuffle(e, e, 1, 3, 1, 3));
    const low = f64x2.add(f64x2.mul(s, f64x2.add(h, r)), f64x2.mul(k, f64x2.splat(LN2_LOW)));
    v128.store(at, f64x2.neg(f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(h, low), f))));
  }
}
