import { type Measure, worst } from '../judge/judge.ts';
import { judgeLong, LONG_ROWS, type LongRow, type Narrow } from '../operations/long-row.ts';
import { type Case, needs, type Tier, type Trial } from '../plan/case.ts';
import { HALF, SINGLE, shortRows } from './rows-of-logits.ts';

const MISTAKE: { readonly [D in Narrow]: string } = {
  float32: 'a float32 running sum, whose error grows with the row: 193 to 984 ulp at 50 257',
  float16: 'a sum in float16, which stops growing at 2048 (onnxruntime #24577)',
};

const DISTRIBUTIONS: { readonly [D in Narrow]: readonly string[] } = { float32: SINGLE, float16: HALF };

/** Rows of these lengths, of some or all distributions. */
const check = (
  operation: LongRow,
  name: string,
  lengths: (trial: Trial) => readonly number[],
  { dtype = 'float32', names, tier }: Options,
): Case => ({
  category: 'accuracy',
  op: operation.op,
  name: dtype === 'float32' ? name : `${name}-${dtype}`,
  mistake: MISTAKE[dtype],
  needs: needs(operation.op, dtype),
  ...(tier ? { tier } : {}),
  async run(trial) {
    const measures: Measure[] = [];
    for (const each of names(trial, DISTRIBUTIONS[dtype]))
      for (const row of shortRows(trial, each, lengths(trial)))
        measures.push(...(await judgeLong(trial, operation, row, dtype)));
    return worst(measures);
  },
});

interface Options {
  readonly dtype?: Narrow;
  readonly names: (trial: Trial, all: readonly string[]) => readonly string[];
  readonly tier?: Tier;
}

const third = ({ quick }: Trial, all: readonly string[]) => all.filter((_, k) => !quick || k % 3 === 0);
const first = ({ quick, everyLength }: Trial, all: readonly string[]) =>
  quick || !everyLength ? all.slice(0, 1) : all;

/** All that a vector register, a block or a tree of sums could end in, up to 257. */
const MIDDLE = Array.from({ length: 193 }, (_, k) => k + 65);
const AROUND = [65, 127, 128, 129, 255, 256, 257];

const of = (operation: LongRow): readonly Case[] => [
  check(operation, 'rows-of-65-to-257', ({ quick }) => (quick ? AROUND : MIDDLE), { names: third }),
  ...[1000, 4096].map((n) => check(operation, `rows-of-${n}`, () => [n], { names: third })),
  ...[1000, 4096].map((n) => check(operation, `rows-of-${n}`, () => [n], { names: third, dtype: 'float16' })),
  check(operation, 'rows-of-50257', () => [50257], { names: third, tier: 'full' }),
  // One distribution each, all where every length is asked for.
  ...[151936, 262144, 643251, 2 ** 20].map((n) =>
    check(operation, `rows-of-${n}`, () => [n], { names: first, tier: 'full' }),
  ),
  check(operation, `rows-of-${2 ** 24}`, () => [2 ** 24], { names: first, tier: 'long' }),
];

export const longRows: readonly Case[] = LONG_ROWS.flatMap(of);
