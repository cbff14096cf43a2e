import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { floats, type Input } from '../input/input.ts';
import { floatType } from '../layout/dtype.ts';
import { fitsShape, sizeOf } from '../layout/shape.ts';
import { vjp } from '../lowering/vjp.ts';

export const logAddExpOperation: Operation = {
  arguments: ['a', 'b'],
  options: [],
  results: ['y'],
  kernels: ['logAddExp'],
  rows: 'apart',
  about: 'log(exp a + exp b)',
};

/**
 * logAddExp(a, b) = log(exp a + exp b) = max(a, b) + log1p(exp(−|a − b|)), element by element.
 * Equal infinities give that infinity.
 *
 * @param a of any shape
 * @param b of the same shape, converted to the float type of a
 * @throws {SoftmaxError} INVALID_SHAPE for b of another shape; INVALID_DTYPE, INVALID_INPUT
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
 * functions", IMA Journal of Numerical Analysis 41, 2021
 * @example
 * ```ts
 * logAddExp([1000, 0], [1000, -Infinity]).toArray(); // [1000.6931471805599, 0]
 * ```
 */
export function logAddExp(a: Input, b: Input): Call<'y'> {
  return pair(a, b);
}

export const logAddExpGradOperation: Operation = {
  arguments: ['a', 'b', 'dy'],
  options: [],
  results: ['da', 'db'],
  kernels: ['logAddExpGrad'],
  gradientOf: 'logAddExp',
  rows: 'apart',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `logAddExp`: da = dy·exp(a − y), db = dy·exp(b − y); exactly 0 at
 * −inf.
 *
 * @param dy the cotangent, of the shape of a
 * @throws {SoftmaxError} as `logAddExp`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * logAddExpGrad([0], [0], [1]).da.toArray(); // [0.5]
 * ```
 */
export function logAddExpGrad(a: Input, b: Input, dy: Input): Call<'da' | 'db'> {
  const call = pair(a, b);
  const d = call.results.y;
  return vjp('logAddExpGrad', call, dy, { da: d, db: d });
}

function pair(first: Input, second: Input) {
  const a = floats(first, 'a');
  const dtype = floatType(a.dtype);
  const { shape } = a;
  const b = floats(second, 'b', dtype);
  fitsShape('b', b.shape, shape);
  const outer = sizeOf(shape);
  return {
    kernel: 'logAddExp',
    problem: { outer, n: 1, inner: 1, dtype },
    inputs: { a: { from: a, source: 'a' }, b: { from: b, source: 'b' } },
    results: { y: { shape, dtype } },
    fill: outer === 0 ? 0 : undefined,
  } as const;
}
