/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every choice of one value for each name. */
export function product<T extends { readonly [name: string]: readonly unknown[] }>(
  choices: T,
): { readonly [K in keyof T]: T[K][number] }[] {
  const all = Object.entries(choices).reduce<object[]>(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  return all as { readonly [K in keyof T]: T[K][number] }[];
}
