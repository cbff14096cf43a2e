import { reading } from './number-text.ts';
import { isFloating, type Numbers } from './numbers.ts';
import type { MakeSink } from './sink.ts';

const DIGITS = 6;

/** Numbers for reading: six digits, in columns; a name above each of several results. */
export const tableSink: MakeSink = (target) => {
  let first = true;
  return {
    async write(block) {
      const names = Object.keys(block);
      for (const [name, numbers] of Object.entries(block)) {
        const head = names.length > 1 ? [`${first ? '' : '\n'}${name}`] : [];
        await target.append([...head, ...lines(numbers), ''].join('\n'));
        first = false;
      }
    },
    async end() {},
  };
};

function lines({ data, dtype, shape }: Numbers): string[] {
  const value = reading(data, dtype);
  const print = (k: number) =>
    isFloating(dtype) ? String(Number(value(k).toPrecision(DIGITS))) : String(data[k]);
  const width = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const cells = Array.from({ length: data.length }, (_, k) => print(k));
  const widths = new Array<number>(width).fill(0);
  cells.forEach((cell, k) => {
    widths[k % width] = Math.max(widths[k % width] ?? 0, cell.length);
  });
  return Array.from({ length: width ? data.length / width : 0 }, (_, row) =>
    widths.map((wide, k) => (cells[row * width + k] ?? '').padStart(wide)).join('  '),
  );
}
