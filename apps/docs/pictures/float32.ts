/** The usual way: every step rounded to float32, the sum one term after the other. */
export function usualSoftmax(x: Float32Array): Float32Array {
  const f = Math.fround;
  const max = x.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY);
  const e = x.map((v) => f(Math.exp(f(v - max))));
  const sum = e.reduce((total, v) => f(total + v), 0);
  return e.map((v) => f(v / sum));
}

/** How far a float32 is from the exact value, in units of the last place of that. */
export function ulps(got: number, exact: number): number {
  const spacing = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(exact))), -126) - 23);
  return Math.abs(got - exact) / spacing;
}

/** Numbers in [0, 1) that are the same in every run: a linear congruence, good enough for pictures. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
