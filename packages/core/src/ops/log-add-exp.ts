import type { Call, HostTensor } from '../call.ts';
import { floatType } from '../dtype.ts';
import { floats, type Input } from '../input.ts';
import type { Problem } from '../kernels.ts';
import { fitsShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * logAddExp(a, b) = log(exp a + exp b) = max(a, b) + log1p(exp(−|a − b|)), element by element.
 * Equal infinities give that infinity.
 *
 * @param a of any shape
 * @param b of the same shape, taken to the float type of a
 * @example
 * ```ts
 * logAddExp([1000, 0], [1000, -Infinity]).toArray(); // [1000.6931471805599, 0]
 * ```
 */
export function logAddExp(a: Input, b: Input): Call<'y'> {
  const { problem, inputs, shape, fill } = pair(a, b);
  return { kernel: 'logAddExp', problem, inputs, results: { y: { shape, dtype: problem.dtype } }, fill };
}

/**
 * The vector–Jacobian product of `logAddExp`: da = dy·exp(a − y), db = dy·exp(b − y); exactly 0 at −inf.
 *
 * @param dy the cotangent, of the shape of a
 * @example
 * ```ts
 * logAddExpGrad([0], [0], [1]).da.toArray(); // [0.5]
 * ```
 */
export function logAddExpGrad(a: Input, b: Input, dy: Input): Call<'da' | 'db'> {
  const { problem, inputs, shape, fill } = pair(a, b);
  const cotangent = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', cotangent.shape, shape);
  const d = { shape, dtype: problem.dtype };
  return {
    kernel: 'logAddExpGrad',
    problem,
    inputs: { ...inputs, dy: { from: cotangent } },
    results: { da: d, db: d },
    fill,
  };
}

interface Pair {
  readonly problem: Problem;
  readonly inputs: {
    readonly a: { readonly from: HostTensor | Tensor };
    readonly b: { readonly from: HostTensor | Tensor };
  };
  readonly shape: Shape;
  readonly fill: number | undefined;
}

function pair(first: Input, second: Input): Pair {
  const a = floats(first, 'a');
  const dtype = floatType(a.dtype);
  const b = floats(second, 'b', dtype);
  fitsShape('b', b.shape, a.shape);
  const outer = sizeOf(a.shape);
  const fill = outer === 0 ? 0 : undefined;
  return {
    problem: { outer, n: 1, inner: 1, dtype },
    inputs: { a: { from: a }, b: { from: b } },
    shape: a.shape,
    fill,
  };
}
