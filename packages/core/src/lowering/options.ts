import type { HostTensor, Operand } from '../contract/call.ts';
import { SoftmaxError, typedError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { hostValues } from '../input/input.ts';
import type { Cut } from '../layout/axis.ts';
import { allocate, type FloatType, parameterType } from '../layout/dtype.ts';
import { type Shape, sameShape } from '../layout/shape.ts';
import { broadcast } from '../layout/strides.ts';

/**
 * Requires an options object: null, strings, lists and Maps, whose entries would not be options,
 * throw.
 */
export function object<T extends object>(options: T, subject = 'options'): T {
  if (options && typeof options === 'object' && !(Symbol.iterator in options)) return options;
  throw new SoftmaxError('INVALID_OPTION', subject, options, 'an object');
}

/**
 * Throws on names that an operation does not have: a misspelt option must not be ignored silently.
 */
export function known(options: object, names: readonly string[], subject = 'options'): void {
  try {
    checkNames(options, names, subject);
  } catch (error) {
    throw typedError(error, subject);
  }
}

function checkNames(options: object, names: readonly string[], subject: string): void {
  for (const name of Object.keys(object(options, subject))) {
    const value: unknown = options[name as never];
    if (!names.includes(name)) throw new SoftmaxError('INVALID_OPTION', subject, name, names.join(', '));
    if (value === null && name !== 'axis')
      throw new SoftmaxError('INVALID_OPTION', name, value, 'a value, or undefined for the default');
  }
}

/** Reads a boolean option. Default: false. */
export function flag(name: string, value: boolean | undefined): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw new SoftmaxError('INVALID_OPTION', name, value, 'true, false');
}

export function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new SoftmaxError('INVALID_OPTION', name, value, allowed.join(', '));
}

/** Returns the number, 0 for −0: x/−0 would be an infinity of the wrong sign. */
export function inRange(name: string, value: number, low: number, high: number): number {
  if (typeof value === 'number' && value >= low && value <= high) return value + 0;
  throw new SoftmaxError('INVALID_OPTION', name, value, `a number in [${low}, ${high}]`);
}

/**
 * Reads one number, or one for each row (`[outer, inner]`), in the parameter type, each in
 * [low, high].
 */
export function perRow(
  name: 'temperature' | 'sink',
  input: HostInput,
  { outer, inner, reduced, kept }: Cut,
  dtype: FloatType,
  low: number,
  high: number,
): Operand {
  const { data, shape } = hostValues(input, name);
  const count = outer * inner;
  const each = shape.length ? data : new Float64Array(count).fill(Number(data[0]));
  if (shape.length) fits(name, shape, [reduced, kept], count);
  return { from: numbers(name, each, reduced, parameterType(dtype), low, high), source: name };
}

/** Copies numbers that lie in [low, high] before and after rounding; 0 for −0. */
export function numbers(
  name: string,
  data: ArrayLike<number | bigint>,
  shape: Shape,
  dtype: 'float32' | 'float64',
  low: number,
  high: number,
): HostTensor {
  const out = allocate(dtype, data.length);
  for (let k = 0; k < out.length; k++) {
    const value = Number(data[k]) + 0;
    out[k] = value;
    const rounded = out[k] as number;
    // Building the name costs more than the check, so it is built only on failure.
    if (!(value >= low && rounded >= low && rounded <= high))
      inRange(`${name}[${k}]`, value >= low ? rounded : value, low, high);
  }
  return { data: out, dtype, shape, lasting: true };
}

/**
 * Accepts a flat list of the right length for rows of any shape; any other value must have that
 * shape.
 */
export function fits(name: string, shape: Shape, allowed: readonly Shape[], count: number): void {
  if (shape.length === 1 ? shape[0] === count : allowed.some((a) => sameShape(a, shape))) return;
  if (shape.length || count !== 1)
    throw new SoftmaxError('INVALID_SHAPE', name, [...shape], allowed.map((a) => `[${a}]`).join(' or '));
}

/**
 * Reads a boolean for each element of x, broadcast to the shape of x: true (or not 0) takes part.
 */
export function maskFor(input: HostInput | undefined, shape: Shape, { order }: Cut): Operand | undefined {
  if (input === undefined) return;
  const { data, shape: maskShape } = hostValues(input, 'mask');
  const bits = new Uint8Array(data.length);
  for (let k = 0; k < bits.length; k++) bits[k] = Number(data[k]) === 0 ? 0 : 1;
  return {
    from: { data: broadcast(bits, maskShape, shape, 'mask'), dtype: 'bool', shape, lasting: true },
    source: 'mask',
    order,
  };
}
