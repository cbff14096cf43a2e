import type { FloatType, Level, Mode } from '@softmax/core';
import type { Category, RowError, Subject } from './check.ts';
import type { PlanOptions } from './plan.ts';

/** The version of the suite: checks are added in a minor version, and tightened in a major one. */
export const SUITE = '0.1';

/** The version of the form of a report, `report.schema.json`. */
export const SCHEMA = 1;

export interface CheckReport {
  readonly id: string;
  readonly category: Category;
  readonly op: Subject;
  readonly status: 'passed' | 'failed' | 'refused' | 'deviating';
  readonly mistake: string;
  readonly milliseconds: number;
  readonly level?: Level;
  readonly ulp?: number;
  /** The worst error of each dtype and row length that was compared, from the shortest row. */
  readonly errors?: readonly RowError[];
  /** Why it failed. */
  readonly message?: string;
  /** The element that is wrong by most, where a value is. */
  readonly worst?: WorstElement;
}

/** A number as JSON can hold it. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** An element of a result, in a report. */
export interface WorstElement {
  /** Where it is in the result, counted in row-major order. */
  readonly index: number;
  readonly expected: JsonNumber;
  readonly got: JsonNumber;
  readonly ulp: JsonNumber;
  readonly dtype: FloatType;
  /** The length of its row. */
  readonly n: number;
}

export interface BackendReport {
  readonly backend: string;
  /** How the command line names it, where it ran there. */
  readonly argument?: string;
  readonly mode: Mode;
  readonly dtypes: readonly string[];
  /** The level that it was held to. */
  readonly claims: Level;
  readonly checks: readonly CheckReport[];
  readonly milliseconds: number;
}

/** One line of a table: how one operation does on one backend. */
export interface Summary {
  readonly backend: string;
  readonly op: Subject;
  /** Whether there is an answer at all: some check of more than errors and empty tensors was not refused. */
  readonly offered: boolean;
  /** The strictest level that every accuracy check of the operation reached; none where nothing was measured. */
  readonly level: Level | undefined;
  /**
   * The worst error in each dtype that was measured: a unit in the last place of one is no measure of another. Where a
   * backend may flush results below the smallest normal number, of those that it keeps.
   */
  readonly ulps: { readonly [D in FloatType]?: number };
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  readonly deviating: number;
  readonly milliseconds: number;
}

/** A whole run, as `softmax check --json` writes it. */
export interface Report {
  readonly schema: typeof SCHEMA;
  readonly suite: string;
  readonly date: string;
  /** What was asked for: with the same, the same checks run on the same numbers. */
  readonly options: Omit<PlanOptions, 'make'> & { readonly ids?: readonly string[] };
  readonly machine: {
    readonly platform: string;
    readonly arch: string;
    readonly cpus: number;
    readonly runtime: string;
  };
  readonly backends: readonly BackendReport[];
}
