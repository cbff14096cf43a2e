import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const SIDE = 28;
export const PIXELS: number = SIDE * SIDE;
export const CLASSES = 10;

/** Handwritten digits: row k of `pixels` (0 white … 1 black) shows the digit `labels[k]`. */
export interface Digits {
  readonly pixels: Float32Array;
  readonly labels: Uint8Array;
}

/**
 * The 10 000 digits of the package `mnist`, sorted by label. Its files are read directly: importing the package reads
 * them too, into arrays of arrays ten times as large, and shuffles by `Math.random`.
 */
export function readDigits(): Digits {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist/package.json')), 'src', 'digits');
  const drawn = Array.from({ length: CLASSES }, (_, label) => readPixels(join(folder, `${label}.json`)));
  const pixels = new Float32Array(drawn.reduce((sum, { length }) => sum + length, 0));
  const labels = new Uint8Array(pixels.length / PIXELS);
  let start = 0;
  drawn.forEach((values, label) => {
    pixels.set(values, start);
    labels.fill(label, start / PIXELS, (start + values.length) / PIXELS);
    start += values.length;
  });
  return { pixels, labels };
}

function readPixels(path: string): readonly number[] {
  const { data }: { readonly data: readonly number[] } = JSON.parse(readFileSync(path, 'utf8'));
  if (data.length === 0 || data.length % PIXELS !== 0)
    throw new Error(`${path}: ${data.length} values are no whole number of ${SIDE} × ${SIDE} pictures`);
  return data;
}

/** The digits of the given rows, in their order. */
export function take({ pixels, labels }: Digits, rows: readonly number[]): Digits {
  const taken = new Float32Array(rows.length * PIXELS);
  rows.forEach((row, k) => {
    taken.set(pixels.subarray(row * PIXELS, (row + 1) * PIXELS), k * PIXELS);
  });
  return { pixels: taken, labels: Uint8Array.from(rows, (row) => labels[row] ?? 0) };
}
