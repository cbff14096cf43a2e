/**
 * Counter-examples. These are the formulas as textbooks print them, computed step by step in the given precision. They
 * overflow, underflow and cancel: the view shows where. Nothing else may use them.
 */

export type Precision = 'float32' | 'float64';

const roundTo: { readonly [P in Precision]: (x: number) => number } = {
  float32: Math.fround,
  float64: (x) => x,
};

export interface Naive {
  readonly exponentials: readonly number[];
  readonly sum: number;
  readonly p: readonly number[];
  readonly logP: readonly number[];
}

/** exp(xₖ) / Σ exp(xⱼ), and its logarithm afterwards. */
export function naiveSoftmax(x: readonly number[], precision: Precision): Naive {
  const round = roundTo[precision];
  const exponentials = x.map((each) => round(Math.exp(round(each))));
  const sum = exponentials.reduce((total, each) => round(total + each), 0);
  const p = exponentials.map((each) => round(each / sum));
  return { exponentials, sum, p, logP: p.map((each) => round(Math.log(each))) };
}

/** −log p of class `target`, by the logarithm of a probability that was rounded before. */
export const naiveLoss = (x: readonly number[], target: number, precision: Precision): number =>
  0 - (naiveSoftmax(x, precision).logP[target] ?? Number.NaN);
