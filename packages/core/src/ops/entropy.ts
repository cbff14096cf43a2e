import { cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType } from '../dtype.ts';
import { floats, type Input } from '../input.ts';
import { known } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';
import type { DivergenceOptions } from './kl-divergence.ts';

/**
 * Shannon's entropy H(p) = −Σ p·log p in nats, one for each row; 0·log 0 = 0.
 *
 * @param p probabilities (not logits, not logarithms); they need not sum to 1
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see C. E. Shannon, "A Mathematical Theory of Communication", 1948
 * @example
 * ```ts
 * entropy([0.5, 0.5]).toArray(); // 0.6931471805599453
 * ```
 */
export function entropy(p: Input, options: DivergenceOptions = {}): Call<'y', 'entropy'> {
  known(options, ['axis', 'keepDims']);
  const from = floats(p, 'p');
  const dtype = floatType(from.dtype);
  const { outer, n, inner, order, kept, reduced } = cut(from.shape, options.axis);
  return {
    kernel: 'entropy',
    problem: { outer, n, inner, dtype },
    inputs: { p: { from, order } },
    results: { y: { shape: options.keepDims ? kept : reduced, dtype } },
    fill: sizeOf(from.shape) === 0 ? 0 : undefined,
  };
}

/**
 * The vector–Jacobian product of `entropy`: dp = −dy·(log p + 1); 0 where p is 0.
 *
 * @param dy the cotangent, of the shape of the result
 * @example
 * ```ts
 * entropyGrad([1, 0], 1).toArray(); // [-1, 0]
 * ```
 */
export function entropyGrad(p: Input, dy: Input, options: DivergenceOptions = {}): Call<'dp'> {
  const { problem, inputs, results, fill } = entropy(p, options);
  const cotangent = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', cotangent.shape, results.y.shape);
  const { from, order } = inputs['p'] as NonNullable<(typeof inputs)['p']>;
  const dp = { shape: from.shape, dtype: problem.dtype, order };
  return {
    kernel: 'entropyGrad',
    problem,
    inputs: { ...inputs, dy: { from: cotangent } },
    results: { dp },
    fill,
  };
}
