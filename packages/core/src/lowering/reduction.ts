import type { HostTensor, Operand, Result } from '../contract/call.ts';
import type { Problem } from '../contract/kernels.ts';
import { ScaledSum } from '../cpu/arithmetic/scaled-sum.ts';
import { SoftmaxError } from '../errors.ts';
import { hostValues, type Input } from '../input/input.ts';
import type { Cut } from '../layout/axis.ts';
import { allocate, type FloatType, parameterType } from '../layout/dtype.ts';
import { type Shape, sizeOf } from '../layout/shape.ts';
import { balanced } from './balanced.ts';
import { fits, inRange, numbers, oneOf } from './options.ts';

export interface ReductionOptions {
  /** The reduction over the losses of the rows. Default: 'mean'. */
  readonly reduction?: 'mean' | 'sum' | 'none';
  /**
   * A finite weight ≥ 0 for each row, in addition to the class weights; a row of weight 0 is
   * skipped. Default: 1.
   */
  readonly tokenWeight?: Input;
  /**
   * The divisor of a mean, above 0; for example the count over all devices. Only with `reduction:
   * 'mean'`. Default: the total weight of the rows that count.
   */
  readonly denominator?: number;
  /** The mean over no rows. Only with `reduction: 'mean'`. Default: 'zero', with gradient 0. */
  readonly emptyMean?: 'zero' | 'nan' | 'throw';
}
export const REDUCTION_OPTIONS: readonly (keyof ReductionOptions)[] = [
  'reduction',
  'tokenWeight',
  'denominator',
  'emptyMean',
];

/**
 * A weight for each row and the divisor of the sum: the form in which kernels take every reduction.
 */
export interface Reduction {
  readonly weights: HostTensor;
  readonly denominator: number;
  readonly sum: boolean;
  /**
   * The power of two by which class weights are multiplied; other terms of the loss need the same
   * factor.
   */
  readonly unit: number;
}

/**
 * @param classes the class of each row; −1 excludes the row, whatever its weight
 * @param classWeights the weight of each class in a mean, a factor beside `tokenWeight`.
 * Default: 1.
 */
export function reduction(
  options: ReductionOptions,
  cut: Cut,
  dtype: FloatType,
  classes?: Int32Array,
  classWeights?: HostTensor,
): Reduction {
  const kind = oneOf('reduction', options.reduction ?? 'mean', ['mean', 'sum', 'none']);
  for (const name of ['denominator', 'emptyMean'] as const)
    if (kind !== 'mean' && options[name] !== undefined)
      throw new SoftmaxError('INVALID_OPTION', name, `one beside reduction '${kind}'`, "reduction 'mean'");
  const emptyMean = oneOf('emptyMean', options.emptyMean ?? 'zero', ['zero', 'nan', 'throw']);
  const weights = rowWeights(options.tokenWeight, cut, dtype);
  const { data } = weights;
  const total = new ScaledSum();
  for (let row = 0; row < data.length; row++) {
    const label = classes?.[row] ?? 0;
    if (label < 0) data[row] = 0;
    else total.add(data[row] as number, (classWeights?.data[label] as number | undefined) ?? 1);
  }
  const { denominator } = options;
  if (denominator !== undefined) inRange('denominator', denominator, Number.MIN_VALUE, Number.MAX_VALUE);
  const sum = kind !== 'none';
  if (kind !== 'mean') return { weights, denominator: 1, sum, unit: 1 };
  if (total.value.m !== 0)
    return denominator === undefined
      ? { weights, sum, ...balanced(weights, total.value, classWeights) }
      : { weights, sum, ...balanced(weights, { m: denominator, e: 0 }) };
  if (emptyMean === 'throw')
    throw new SoftmaxError(
      'EMPTY',
      'reduction',
      'a mean over rows of weight 0',
      'rows that count, or another emptyMean',
    );
  data.fill(0);
  return { weights, denominator: emptyMean === 'nan' ? Number.NaN : 1, sum, unit: 1 };
}

/** Describes the result of a loss: one number, or one for each row. */
export const lossResult = ({ sum }: Reduction, { reduced }: Cut, dtype: FloatType): Result => ({
  shape: sum ? [] : reduced,
  dtype,
});

/** Returns the factor of each row's gradient; the cotangent of a sum applies to all rows. */
export function cotangent(
  dy: Input | undefined,
  shape: Shape,
  { outer, inner, dtype }: Problem,
): Operand | undefined {
  if (dy === undefined) return;
  const values = hostValues(dy, 'dy');
  fits('dy', values.shape, [shape], sizeOf(shape));
  const data = allocate(parameterType(dtype), outer * inner);
  for (let row = 0; row < data.length; row++) data[row] = Number(values.data[shape.length ? row : 0]);
  return {
    from: { data, dtype: parameterType(dtype), shape: [outer, inner], lasting: true },
    source: 'dy',
  };
}

function rowWeights(input: Input | undefined, { outer, inner, reduced, kept }: Cut, dtype: FloatType) {
  const type = parameterType(dtype);
  const count = outer * inner;
  if (input === undefined)
    return { data: allocate(type, count).fill(1), dtype: type, shape: reduced, lasting: true };
  const { data, shape } = hostValues(input, 'tokenWeight');
  fits('tokenWeight', shape, [reduced, kept], count);
  return numbers('tokenWeight', data, reduced, type, 0, Number.MAX_VALUE);
}
