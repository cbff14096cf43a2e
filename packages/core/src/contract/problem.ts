import type { FloatType } from '../layout/dtype.ts';
import type { Rows } from '../layout/shape.ts';

/** The sizes of every problem: `[outer, n, inner]` values of one float type. No size is ever 0. */
export interface Problem extends Rows {
  readonly dtype: FloatType;
}

/** A reduction in the form that kernels take; the weights of the rows are an input. */
export interface Reduced extends Problem {
  /** Returns one number, the sum over the rows, instead of one for each row. */
  readonly sum: boolean;
  /** Divides the sum: 1 unless the reduction is a mean. May be NaN. */
  readonly denominator: number;
}

/** A kernel's problem, and the names of its inputs and outputs. */
export interface Signature<P extends Problem, I extends string, O extends string, R extends string> {
  readonly problem: P;
  readonly inputs: I;
  readonly optional: O;
  readonly outputs: R;
}
