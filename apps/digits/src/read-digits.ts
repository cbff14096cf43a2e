import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CLASSES, type Digits, PIXELS, SIDE } from './digits.ts';

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
