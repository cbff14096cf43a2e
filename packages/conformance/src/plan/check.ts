import type { FloatType, Level, OpName } from '@softmax/core';

/** The subject of a check: an operation, or the tensors and errors that all operations share. */
export type Subject = OpName | 'contract';

/** One property that a backend must have. It needs no test runner; any runner can run it. */
export interface Check {
  /** Stable: `category/operation/name`, kebab-case. */
  readonly id: string;
  readonly category: Category;
  readonly op: Subject;
  readonly name: string;
  /** The mistake that the check detects. */
  readonly mistake: string;
  /** Rejects with a `Mismatch` (or the backend's own error) if the backend fails. */
  run(): Promise<Outcome>;
}

export type Category =
  | 'contract'
  | 'special'
  | 'known'
  | 'accuracy'
  | 'law'
  | 'gradient'
  | 'statistics'
  | 'endurance'
  | 'pair';

/** The status of a check that did not fail. */
export interface Outcome {
  /**
   * refused: the backend does not offer this, and reported that by its code. deviating: it failed
   * as declared.
   */
  readonly status: 'passed' | 'refused' | 'deviating';
  /** The strictest level of all values, and the worst error in units in the last place. */
  readonly level?: Level;
  readonly ulp?: number;
  /** The worst error of each dtype and row length that was compared. */
  readonly errors?: readonly RowError[];
}

/** The worst error found in rows of one length. */
export interface RowError {
  readonly dtype: FloatType;
  /** The length of the rows. */
  readonly n: number;
  readonly ulp: number;
  /**
   * The worst error without results that became 0, which a backend may flush if it declares that;
   * present if some did.
   */
  readonly kept?: number;
}

/** An element of a result, its expected value, and the difference. */
export interface WrongElement extends Omit<RowError, 'kept'> {
  /** The index in the result, in row-major order. */
  readonly index: number;
  readonly expected: number;
  readonly got: number;
}

/** A value that differs from its expected value. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly element: WrongElement;

  /** @param allowed the tolerance in ulp; @param beside the level, and the index */
  constructor(element: WrongElement, allowed: number, beside: string) {
    const { index, expected, got, ulp, dtype } = element;
    const apart = Number.isFinite(ulp) ? ulp.toPrecision(3) : '∞';
    const error = Number.isFinite(expected)
      ? `${apart} ulp of ${dtype}, allowed ${allowed.toPrecision(3)}`
      : `no other value of ${dtype} is allowed`;
    super(`[${index}] expected ${expected}, got ${got}: ${error} ${beside}`);
    this.element = element;
  }
}
