import type { Claims } from '@softmax/core';

export type Precision = 'exact' | 'accurate' | 'fast';

/** What each precision promises, for the conformance suite to prove. */
export const CLAIMS: { readonly [P in Precision]: Claims } = {
  // A graph has nothing wider than float64.
  exact: { level: 'S3', float64: 'S2' },
  accurate: { level: 'S2' },
  // The fused Softmax of onnxruntime-web gives 0 where the probability is below the smallest normal float32.
  fast: { level: 'S1', subnormals: false },
};

/** The same in float32 throughout: a GPU may flush subnormals, and log Σ exp close to 0 has lost what max and log Σ cancel. */
export const SINGLE: Claims = { level: 'S1', subnormals: false };
