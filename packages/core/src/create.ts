import type { Backend, Mode } from './contract/backend.ts';
import type { Call } from './contract/call.ts';
import { Tensor } from './contract/tensor.ts';
import { SoftmaxError } from './errors.ts';
import type { Method } from './execute/method.ts';
import { runOperation } from './execute/run.ts';
import type { HostInput } from './input/host-input.ts';
import { hostFloats } from './input/input.ts';
import type { FloatType } from './layout/dtype.ts';
import { checkShape, type Shape } from './layout/shape.ts';
import type { OpName } from './operations.ts';
import * as ops from './ops/index.ts';

type Ops = typeof ops;

/** All operations on one backend, and a constructor for its tensors. */
export type Softmax<B, M extends Mode> = { readonly [K in OpName]: Method<Ops[K], M> } & {
  readonly backend: Backend<B, M>;
  /**
   * Creates a tensor of the backend from a copy of the values. `dtype` defaults to their type:
   * float64 for plain numbers.
   */
  readonly tensor: (input: HostInput, shape?: Shape, dtype?: FloatType) => Tensor<M>;
};

/**
 * Binds the softmax family to a backend. Synchronous backends return results, asynchronous ones
 * return promises; nothing else differs.
 *
 * @example
 * ```ts
 * const sm = createSoftmax(cpu());
 * sm.softmax(sm.tensor([[1, 2], [3, 4]]), { axis: 0 }).shape; // [2, 2]
 * ```
 */
export function createSoftmax<B, M extends Mode>(backend: Backend<B, M>): Softmax<B, M> {
  if (!isBackend(backend))
    throw new SoftmaxError('INVALID_INPUT', 'backend', backend, 'a backend, awaited where it is a promise');
  const methods = Object.entries(ops).map(([name, lower]) => {
    const operation = lower as (...args: unknown[]) => Call;
    return [name, (...args: unknown[]) => runOperation(backend, operation, args)];
  });
  const tensor = (input: HostInput, shape?: Shape, dtype?: FloatType) => {
    const { data, dtype: type, shape: inputShape } = hostFloats(input, 'x', dtype);
    const checkedShape = shape === undefined ? inputShape : checkShape(shape, data.length);
    if (!backend.dtypes.includes(type))
      throw new SoftmaxError('UNSUPPORTED', backend.name, `a tensor of ${type}`, backend.dtypes.join(', '));
    return new Tensor<M>(
      backend as Backend<unknown, Mode>,
      backend.upload(data.slice(), type),
      type,
      checkedShape,
    );
  };
  return { ...Object.fromEntries(methods), backend, tensor } as Softmax<B, M>;
}

function isBackend(
  candidate: { readonly [name in keyof Backend<unknown, Mode>]?: unknown } | undefined,
): boolean {
  try {
    return (
      typeof candidate?.upload === 'function' && Boolean(candidate.kernels) && Array.isArray(candidate.dtypes)
    );
  } catch {
    return false;
  }
}
