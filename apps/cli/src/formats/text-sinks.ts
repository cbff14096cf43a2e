import type { Target } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import { printer } from './number-text.ts';
import type { Numbers } from './numbers.ts';
import { alone, gathered, type MakeSink } from './sink.ts';

/** Comma- or tab-separated values: a line for each row; of one axis, like NumPy's savetxt, a line for each number. */
export const separated =
  (format: 'csv' | 'tsv'): MakeSink =>
  (target) => ({
    async write(block) {
      const numbers = alone(block, format);
      const { data, shape } = numbers;
      if (shape.length > 2)
        throw new UsageError(
          `${format} holds at most two axes, here are ${shape.length}: [${shape.join(', ')}]`,
        );
      const print = printer(numbers);
      const width = shape.length === 2 ? (shape[1] ?? 1) : 1;
      const line = (row: number) =>
        Array.from({ length: width }, (_, k) => print(row * width + k)).join(format === 'csv' ? ',' : '\t');
      await lines(target, width ? data.length / width : 0, line);
    },
    async end() {},
  });

/** Text takes ten times the memory of its numbers: it goes out piece by piece. */
async function lines(target: Target, count: number, line: (row: number) => string): Promise<void> {
  let text = '';
  for (let row = 0; row < count; row++) {
    text += `${line(row)}\n`;
    if (text.length < 2 ** 16 && row + 1 < count) continue;
    await target.append(text);
    text = '';
  }
}

/** A line of JSON for each entry of the first axis. */
export const jsonLinesSink: MakeSink = (target) => ({
  async write(block) {
    const numbers = alone(block, 'jsonl');
    const [length = 1, ...rest] = numbers.shape;
    const size = length ? numbers.data.length / length : 0;
    const nest = nester(numbers);
    await lines(target, length, (row) => nest(rest, row * size));
  },
  async end() {},
});

/** Nested arrays; several results as an object of such. */
export const jsonSink: MakeSink = (target) =>
  gathered(async (whole) => {
    const parts = Object.entries(whole).map(
      ([name, numbers]) => [name, nester(numbers)(numbers.shape, 0)] as const,
    );
    const [only] = parts;
    const text =
      parts.length === 1 && only
        ? only[1]
        : `{${parts.map(([name, each]) => `${JSON.stringify(name)}: ${each}`).join(',\n ')}}`;
    await target.append(`${text}\n`);
  });

/** JSON has no word for what is not finite: such a number is a string. */
function nester(numbers: Numbers): (shape: readonly number[], start: number) => string {
  const print = printer(numbers);
  const leaf = (at: number) => {
    const text = print(at);
    return /^(NaN|-?Infinity)$/.test(text) ? `"${text}"` : text;
  };
  const nest = ([length, ...rest]: readonly number[], start: number): string => {
    if (length === undefined) return leaf(start);
    const step = rest.reduce((a, b) => a * b, 1);
    return `[${Array.from({ length }, (_, k) => nest(rest, start + k * step)).join(',')}]`;
  };
  return nest;
}
