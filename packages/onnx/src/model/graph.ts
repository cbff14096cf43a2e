import type { DType } from '@softmax/core';

/**
 * A graph as data, in the terms of the ONNX standard: the input of the writer and the output of the
 * kernels.
 */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly Node[];
}

export type ElementType = DType | 'int64' | 'uint8';

export interface ValueInfo {
  readonly name: string;
  readonly dtype: ElementType;
  /** A name stands for a dimension that is known only at run time. */
  readonly dims: readonly (number | string)[];
}

export interface Initializer {
  readonly name: string;
  readonly dtype: ElementType;
  readonly dims: readonly number[];
  /** Its elements, little-endian. */
  readonly raw: Uint8Array;
}

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: { readonly [name: string]: Attribute };
}

/** A number is an integer; floats say so. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly body: Body };

/**
 * The body of a Loop. It sees every value computed before the loop; onnxruntime infers the types of
 * its own values.
 */
export interface Body {
  readonly name: string;
  /** The number of the iteration, the condition, and the previous state. */
  readonly turn: string;
  readonly before: string;
  readonly state: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly Node[];
}
