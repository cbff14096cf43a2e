import type { FloatType } from '../layout/dtype.ts';
import type { Shape } from '../layout/shape.ts';

/** A typed array of any kind. */
export type TypedArray = ArrayBufferView & {
  readonly length: number;
  readonly [Symbol.toStringTag]: string;
  readonly [index: number]: number | bigint;
};

export type NestedInput = readonly (number | bigint | boolean | TypedArray | NestedInput)[];

/**
 * Flat values with a shape: `{ data, shape }`, an onnxruntime Tensor (`dims`, `type`), an ndarray
 * (`stride`, `offset`).
 */
export interface Shaped {
  readonly data: TypedArray | readonly (number | bigint | boolean)[];
  readonly shape?: Shape;
  readonly dims?: Shape;
  readonly dtype?: string;
  readonly type?: string;
  readonly stride?: readonly number[];
  readonly offset?: number;
}

/** Any host container of numbers: a number, (nested) arrays, typed arrays, shaped data. */
export type HostInput = number | TypedArray | NestedInput | Shaped;

/** Host values as read, before conversion. */
export interface Found {
  readonly data: TypedArray;
  readonly dtype: FloatType | 'integer';
  readonly shape: Shape;
}
