export const SIDE = 28;
export const PIXELS: number = SIDE * SIDE;
export const CLASSES = 10;

/** Handwritten digits: row k of `pixels` (0 white … 1 black) shows the digit `labels[k]`. */
export interface Digits {
  readonly pixels: Float32Array;
  readonly labels: Uint8Array;
}

/** The digits of the given rows, in their order. */
export function take({ pixels, labels }: Digits, rows: readonly number[]): Digits {
  const taken = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, k) => {
    taken.set(pixels.subarray(row * PIXELS, (row + 1) * PIXELS), k * PIXELS);
  });
  return { pixels: taken, labels: Uint8Array.from(rows, (row) => labels[row] ?? 0) };
}
