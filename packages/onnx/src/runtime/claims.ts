import type { Claims } from '@softmax/core';

export type Precision = 'exact' | 'accurate' | 'fast';

/** A graph has nothing wider than float64, and a sum of less than 2⁻⁵³ of its terms is 0 there. */
const deviations: Claims['deviations'] = [
  {
    check: 'special/log-sum-exp/a-sum-below-float64-float64',
    reason: 'a graph has nothing wider than float64 to decide a sum that cancels beyond it',
  },
];

/** What each precision promises, for the conformance suite to prove. */
export const CLAIMS: { readonly [P in Precision]: Claims } = {
  exact: { level: 'S3', float64: 'S2', deviations },
  accurate: { level: 'S2', deviations },
  // The fused Softmax of onnxruntime-web gives 0 where the probability is below the smallest normal float32.
  fast: { level: 'S1', subnormals: false, deviations },
};

/** The same in float32 throughout: a GPU may flush subnormals, and log Σ exp close to 0 has lost what max and log Σ cancel. */
export const SINGLE: Claims = { level: 'S1', subnormals: false };
