import type { FloatType, Level, OpName } from '@softmax/core';

/** What a check is about: an operation, or the tensors and errors that all operations share. */
export type Subject = OpName | 'contract';

/** One thing that a backend must get right. No test runner: whoever has it can run it. */
export interface Check {
  /** Stable: `category/operation/name`, kebab-case. */
  readonly id: string;
  readonly category: Category;
  readonly op: Subject;
  readonly name: string;
  /** The mistake that it exists for. */
  readonly mistake: string;
  /** Rejects with a `Mismatch` (or whatever the backend threw) where the backend fails it. */
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

/** How a check that did not fail ended. */
export interface Outcome {
  /** refused: the backend does not offer this, and said so by its code. deviating: it failed as it declares. */
  readonly status: 'passed' | 'refused' | 'deviating';
  /** The strictest level that the values reach, and the worst error in units in the last place. */
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
   * The same without the results that became 0, as a backend that keeps no subnormals may let them; there where some did.
   */
  readonly kept?: number;
}

/** An element of a result, what it must be, and how far it is from that. */
export interface WrongElement extends Omit<RowError, 'kept'> {
  /** Where it is in the result, counted in row-major order. */
  readonly index: number;
  readonly expected: number;
  readonly got: number;
}

/** A value that is not what it must be. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly element: WrongElement;

  /** @param allowed in ulp; @param beside the level, and the place */
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
