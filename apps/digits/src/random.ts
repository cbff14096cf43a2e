/** Numbers in [0, 1), the same for the same seed everywhere (T. Ettinger, "mulberry32", 2017). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 0 … length − 1 in an order without a bias (R. A. Fisher and F. Yates, 1938). */
export function shuffled(length: number, next: () => number): number[] {
  const order = Array.from({ length }, (_, k) => k);
  for (let k = length - 1; k > 0; k--) {
    const other = Math.floor(next() * (k + 1));
    [order[k], order[other]] = [order[other] ?? 0, order[k] ?? 0];
  }
  return order;
}
