import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Decimal = number | string;

export interface DistributionVector {
  readonly name: string;
  readonly x: readonly Decimal[];
  readonly dy: readonly Decimal[];
  readonly mask?: readonly boolean[];
  readonly negate?: boolean;
  readonly softcap?: number;
  readonly temperature?: number;
  readonly sink?: number;
  readonly softmax: readonly Decimal[];
  readonly logSoftmax: readonly Decimal[];
  readonly softmaxGrad: readonly Decimal[];
  readonly logSoftmaxGrad: readonly Decimal[];
}

export interface LogSumExpVector {
  readonly name: string;
  readonly x: readonly Decimal[];
  readonly y: Decimal;
}

export interface CrossEntropyVector {
  readonly name: string;
  readonly x: readonly Decimal[];
  readonly target: number;
  readonly smoothing: number;
  readonly z_loss: number;
  readonly weight?: readonly number[];
  readonly mask?: readonly boolean[];
  readonly loss: Decimal;
  readonly dx: readonly Decimal[];
}

function read<T>(name: string): readonly T[] {
  const text = readFileSync(join(import.meta.dirname, '..', 'vectors', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly T[] }).cases;
}

export const distributions: readonly DistributionVector[] = read('distribution');
export const logSumExps: readonly LogSumExpVector[] = read('log-sum-exp');
export const crossEntropies: readonly CrossEntropyVector[] = read('cross-entropy');

/** JSON has no infinities, and mpmath no −0. */
export const numbers = (values: readonly Decimal[]): number[] => values.map((v) => Number(v) + 0);
