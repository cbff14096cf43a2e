/** How many float32 numbers lie between two, at most, over all elements; a NaN beside a number is infinitely far. */
export function largestUlp(a: Float32Array, b: Float32Array): number {
  const [left, right] = [ranks(a), ranks(b)];
  return left.reduce((most, rank, k) => {
    if (Number.isNaN(a[k]) !== Number.isNaN(b[k])) return Number.POSITIVE_INFINITY;
    return Math.max(most, Math.abs(rank - (right[k] ?? Number.NaN)));
  }, 0);
}

/** The position of each number among all float32: the bits, which grow with the magnitude, and the sign. */
function ranks(values: Float32Array): number[] {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  return Array.from(bits, (each) => (each < 0 ? -(each & 0x7fffffff) : each));
}

export const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] ?? Number.NaN))), 0);
