import { decode, encode } from '../../judge/float.ts';
import { judge, type Measure, worst } from '../../judge/judge.ts';
import { expectedOf, fastSoftmax } from '../../oracle/fast.ts';
import { type Case, needs, type Tier } from '../../plan/case.ts';

interface Size {
  readonly name: string;
  readonly mistake: string;
  readonly rows: number;
  readonly n: number;
  readonly dtype: 'float32' | 'float16';
  readonly tier?: Tier;
}

const SIZES: readonly Size[] = [
  {
    name: 'seventy-thousand-rows',
    mistake: 'more rows than one dispatch holds: 65 535 (onnxruntime #23906)',
    rows: 70_000,
    n: 3,
    dtype: 'float32',
  },
  {
    name: 'a-million-rows',
    mistake: 'more rows than one dispatch holds, or a grid of two dimensions walked twice',
    rows: 2 ** 20 + 1,
    n: 2,
    dtype: 'float32',
    tier: 'full',
  },
  {
    name: 'more-than-2-31-bytes',
    mistake: 'a byte offset of 31 bits, which is negative beyond them',
    rows: 2 ** 15 + 1,
    n: 2 ** 14 + 1,
    dtype: 'float32',
    tier: 'huge',
  },
  {
    name: 'more-than-2-31-elements',
    mistake: 'an index of 31 bits (onnxruntime #32299)',
    rows: 2 ** 17 + 1,
    n: 2 ** 14,
    dtype: 'float16',
    tier: 'huge',
  },
];

/** Logits that float16 holds, at distinct positions; all others are 0. */
const marked = (row: number, n: number): number[] =>
  Array.from({ length: n }, (_, k) => ((k * 31 + row) % 8 === 0 ? ((k + row) % 5) / 2 : 0));

/** Many rows, of which some are set apart and judged: the first, the last, and those beside powers of two. */
const many = ({ name, mistake, rows, n, dtype, tier }: Size): Case => ({
  category: 'endurance',
  op: 'softmax',
  name,
  mistake,
  needs: needs('softmax', dtype),
  ...(tier ? { tier } : {}),
  async run({ softmax, ...trial }) {
    const powers = Array.from({ length: 21 }, (_, e) => 2 ** e);
    const judged = [0, rows - 2, rows - 1, ...powers.flatMap((p) => [p - 1, p])].filter((row) => row < rows);
    const data = dtype === 'float32' ? new Float32Array(rows * n) : new Uint16Array(rows * n);
    for (const row of judged) data.set(encode(marked(row, n), dtype), row * n);
    const y = await softmax.softmax({ data, shape: [rows, n], dtype });
    const got = await y.data();
    y.dispose();
    const measures: Measure[] = [];
    for (const row of judged) {
      const expected = expectedOf(fastSoftmax(marked(row, n)), n, dtype);
      const own = decode(got.subarray(row * n, (row + 1) * n), dtype);
      measures.push(judge(own, expected, trial, `row ${row} of ${rows}`, row * n));
    }
    return worst(measures);
  },
});

export const sizes: readonly Case[] = SIZES.map(many);
