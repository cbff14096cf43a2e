import type { Host } from '@softmax/core';

const EPS = { float32: 2 ** -23, float64: 2 ** -52 };
const TINY = { float32: 2 ** -149, float64: 2 ** -1074 };
export type Tested = 'float32' | 'float64';

/** The worst difference, in ulp of the expected value; infinite where NaN, an infinity or an exact 0 is not met. */
export function ulps(got: Host, expected: Host, dtype: Tested): number {
  return worst(got, expected, (value) => {
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), dtype === 'float32' ? -126 : -1022);
    return Math.max(2 ** exponent * EPS[dtype], TINY[dtype]);
  });
}

/** The same, in eps of the largest of all values: for sums, whose terms cancel. */
export function epsOfLargest(got: Host, expected: Host, dtype: Tested): number {
  const finite = Array.from(expected, Math.abs).filter(Number.isFinite);
  const largest = Math.max(0, ...finite);
  return worst(got, expected, () => Math.max(largest * EPS[dtype], TINY[dtype]));
}

function worst(got: Host, expected: Host, unit: (value: number) => number): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [k, wanted] of expected.entries()) {
    const value = got[k] as number;
    if (value === wanted || (value !== value && wanted !== wanted)) continue;
    const apart =
      wanted === 0 || !Number.isFinite(wanted)
        ? Number.POSITIVE_INFINITY
        : Math.abs(value - wanted) / unit(wanted);
    most = Math.max(most, apart === apart ? apart : Number.POSITIVE_INFINITY);
  }
  return most;
}
