import type { Level, OpName } from '@softmax/core';

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
}

/** A value that is not what it must be. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly index: number;
  readonly expected: number;
  readonly got: number;
  readonly ulp: number;

  constructor(index: number, expected: number, got: number, ulp: number, allowed: string) {
    super(`[${index}] expected ${expected}, got ${got}: ${ulp.toPrecision(3)} ulp, allowed ${allowed}`);
    this.index = index;
    this.expected = expected;
    this.got = got;
    this.ulp = ulp;
  }
}
