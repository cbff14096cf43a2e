/** ln 2 = HIGH + LOW; HIGH has 32 bits, so that e·HIGH is exact for every exponent e. */
const HIGH = 2977044472 / 2 ** 32;
const LOW = -4.2009150726810846e-11;

const bits: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/**
 * log x of a positive normal number, from IEEE 754's basic operations alone: the same bits in every JavaScript engine,
 * which the standard does not ask of `Math.log`. Within 0.8 ulp (4·10⁵ values against mpmath).
 *
 * x = 2^e·m, √½ ≤ m < √2; f = m − 1 is exact. With s = f/(2 + f), log m = 2 artanh s = 2s + s·r, r = ⅔s² + ⅖s⁴ + …;
 * as |s| < 0.1716, ten terms leave less than 2⁻⁶⁰ of it. And 2s = f − h + s·h, h = f²/2: what is rounded is only a
 * small correction to f.
 */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const top = bits.getInt32(0);
  // 0x3fe6a09e: the upper half of √½.
  const e = (top - 0x3fe6a09e) >> 20;
  bits.setInt32(0, top - (e << 20));
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const t = s * s;
  let r = 0;
  for (let k = 21; k > 1; k -= 2) r = t * (2 / k + r);
  const h = 0.5 * f * f;
  return e * HIGH - (h - (s * (h + r) + e * LOW) - f);
}
