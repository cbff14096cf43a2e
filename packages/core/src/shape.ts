import { SoftmaxError } from './errors.ts';

export type Shape = readonly number[];

/** A tensor seen along one axis: element k of row (o, i) sits at (o · n + k) · inner + i. */
export interface Rows {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, k) => d === b[k]);

export function checkShape(shape: unknown, length: number, name = 'x'): Shape {
  const valid = Array.isArray(shape) && shape.every((d) => Number.isInteger(d) && d >= 0);
  if (!valid || sizeOf(shape) !== length)
    throw new SoftmaxError(
      'INVALID_SHAPE',
      `${name}: shape`,
      shape,
      `non-negative integers whose product is ${length}`,
    );
  return Object.freeze(shape.slice());
}

export function fitsShape(name: string, given: Shape, wanted: Shape): void {
  if (!sameShape(given, wanted)) throw new SoftmaxError('INVALID_SHAPE', name, [...given], `[${wanted}]`);
}
