/**
 * IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits; largest 65504, smallest subnormal 2⁻²⁴.
 * Rounding converts float64 to float16 in one step: through float32 it would round twice.
 */

/**
 * The value of float16 bits, exactly.
 *
 * @example
 * ```ts
 * fromFloat16(0x3c00); // 1
 * ```
 */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : fraction * 2 ** -24);
}

/**
 * The bits of the float16 nearest to `value`, ties to even.
 *
 * @example
 * ```ts
 * toFloat16(1); // 15360
 * ```
 */
export function toFloat16(value: number): number {
  if (value !== value) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const x = Math.abs(value);
  if (x >= 65520) return sign | 0x7c00;
  // The spacing of float16 at x is 2^(e−10), never below 2⁻²⁴; adding and subtracting 2⁵² of it
  // rounds to even.
  let e = -14;
  while (e < 15 && x >= 2 ** (e + 1)) e++;
  const units = x * 2 ** (10 - e) + 2 ** 52 - 2 ** 52;
  return sign | (units < 1024 ? units : ((e + 14) << 10) + units);
}

/** Returns an element as a number. */
export const valueAt = (data: ArrayLike<number | bigint>, dtype: string, k: number): number =>
  dtype === 'float16' ? fromFloat16(data[k] as number) : Number(data[k]);
