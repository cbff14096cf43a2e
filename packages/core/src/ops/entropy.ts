import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { flag } from '../lowering/options.ts';
import { rowsOf } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';
import type { DivergenceOptions } from './kl-divergence.ts';

export const entropyOperation: Operation = {
  arguments: ['p'],
  options: ['axis', 'dtype', 'keepDims'],
  results: ['y'],
  kernels: ['entropy'],
  rows: 'apart',
  about: '−Σ p·log p',
};

/**
 * Shannon entropy H(p) = −Σ p·log p of each row, in nats; 0·log 0 = 0.
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
  return lower(p, options).call;
}

export const entropyGradOperation: Operation = {
  arguments: ['p', 'dy'],
  options: ['axis', 'dtype', 'keepDims'],
  results: ['dp'],
  kernels: ['entropyGrad'],
  gradientOf: 'entropy',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `entropy`: dp = −dy·(log p + 1); 0 where p is 0.
 *
 * @param dy the cotangent, of the shape of the result
 * @throws {SoftmaxError} as `entropy`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * entropyGrad([1, 0], 1).toArray(); // [-1, 0]
 * ```
 */
export function entropyGrad(p: Input, dy: Input, options: DivergenceOptions = {}): Call<'dp'> {
  const { call, like } = lower(p, options);
  return vjp('entropyGrad', call, dy, { dp: like });
}

function lower(p: Input, options: DivergenceOptions) {
  const { problem, rows, x, like, fill } = rowsOf(p, options, entropyOperation.options, 'p');
  const y = { shape: flag('keepDims', options.keepDims) ? rows.kept : rows.reduced, dtype: problem.dtype };
  return { call: { kernel: 'entropy', problem, inputs: { p: x }, results: { y }, fill }, like } as const;
}
