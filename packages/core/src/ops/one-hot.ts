import type { Call, HostTensor } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { Tensor } from '../contract/tensor.ts';
import { SoftmaxError } from '../errors.ts';
import { hostValues, type Input } from '../input/input.ts';
import { cutClasses } from '../layout/axis.ts';
import { type FloatType, floatType } from '../layout/dtype.ts';
import { sizeOf } from '../layout/shape.ts';
import { inRange, known } from '../lowering/options.ts';

export interface OneHotOptions {
  /** The position of the new axis in the result. Default: −1, the last. */
  readonly axis?: number;
  /** The type of the result. Default: 'float32'. */
  readonly dtype?: FloatType;
}

export const oneHotOperation: Operation = {
  arguments: ['classes', 'depth'],
  options: ['axis', 'dtype'],
  results: ['y'],
  kernels: ['oneHot'],
  rows: 'together',
  about: 'one 1 in each row, at its class',
};

/**
 * oneHot(c)ₖ = 1 where k = c, else 0.
 *
 * @param classes integers in [0, depth) of any shape: any array, or an int32 tensor such as the
 * result of `sample`
 * @param depth the number of classes: the length of the new axis
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; INVALID_AXIS,
 * INVALID_OPTION, INVALID_DTYPE
 * @see ONNX operator OneHot-11
 * @example
 * ```ts
 * oneHot([2, 0], 3).toArray(); // [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(classes: Input, depth: number, options: OneHotOptions = {}): Call<'y'> {
  known(options, oneHotOperation.options);
  const { axis = -1, dtype: type = 'float32' } = options;
  const dtype = floatType(type);
  const n = inRange('depth', depth, 0, 2 ** 31 - 1);
  if (!Number.isInteger(n)) throw new SoftmaxError('INVALID_OPTION', 'depth', n, 'an integer');
  const check = (values: ArrayLike<number | bigint>) => {
    for (let k = 0; k < values.length; k++) {
      const label = Number(values[k]);
      if (!Number.isInteger(label) || label < 0 || label >= n)
        throw new SoftmaxError('INVALID_TARGET', `classes[${k}]`, String(values[k]), `integers in [0, ${n})`);
    }
  };
  if (classes instanceof Tensor && classes.dtype !== 'int32')
    throw new SoftmaxError('INVALID_DTYPE', 'classes', classes.dtype, 'a tensor of int32');
  let from: HostTensor | Tensor;
  if (classes instanceof Tensor) from = classes;
  else {
    const values = hostValues(classes, 'classes');
    check(values.data);
    from = {
      data: Int32Array.from(values.data as ArrayLike<number>, Number),
      dtype: 'int32',
      shape: values.shape,
      lasting: true,
    };
  }
  const shape = [...from.shape];
  shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, n);
  const { outer, inner } = cutClasses(shape, axis);
  return {
    kernel: 'oneHot',
    problem: { outer, n, inner, dtype },
    inputs: { classes: { from, source: 'classes' } },
    results: { y: { shape, dtype } },
    fill: sizeOf(shape) === 0 ? 0 : undefined,
    guard: { input: 'classes', check },
  };
}
