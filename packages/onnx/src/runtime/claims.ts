import type { Claims, Deviation } from '@softmax/core';

export type Precision = 'exact' | 'accurate' | 'fast';

/** What each precision promises, for the conformance suite to prove. */
export const CLAIMS: { readonly [P in Precision]: Claims } = {
  // A graph has nothing wider than float64.
  exact: { level: 'S3', float64: 'S2' },
  accurate: { level: 'S2' },
  // The fused Softmax of onnxruntime-web gives 0 where the probability is below the smallest normal float32.
  fast: { level: 'S1', subnormals: false },
};

/** Graphs of float32 alone have no range beyond that of their results. */
const NARROW: readonly Deviation[] = [
  ...[
    'special/softmax-grad/faint-probabilities',
    'special/softmin-grad/faint-probabilities',
    'special/log-softmax-grad/faint-probabilities',
    'special/log-sum-exp-grad/faint-probabilities',
    'special/cross-entropy-grad/faint-probabilities',
    'special/cross-entropy-grad/faint-probabilities-of-probabilities',
    'special/cross-entropy-grad/blocks-that-are-skipped-smoothed',
  ].map((check) => ({
    check,
    reason: 'a probability below e^−104 is 0 in float32, whatever its cotangent is',
  })),
  ...['cross-entropy', 'cross-entropy-grad', 'nll-loss', 'nll-loss-grad'].map((op) => ({
    check: `special/${op}/losses-of-any-size`,
    reason: 'losses are added up in float32 before they are divided',
  })),
  ...['cross-entropy', 'cross-entropy-grad'].flatMap((op) =>
    ['probabilities-losses-of-any-size', 'probabilities-class-weights-of-any-size'].map((name) => ({
      check: `special/${op}/${name}`,
      reason: 'losses are added up in float32 before they are divided',
    })),
  ),
];

/**
 * The claims of graphs of float32 throughout: a GPU may flush subnormals, and log Σ exp close to 0 has lost what max and
 * log Σ cancel.
 */
export const SINGLE: Claims = { level: 'S1', subnormals: false, deviations: NARROW };
