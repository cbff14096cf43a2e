import type { FloatType, Level, Mode } from '@softmax/core';
import type { Category, RowError, Subject } from './check.ts';
import type { PlanOptions } from './plan.ts';

/** The version of the suite: a minor version adds checks, a major one tightens them. */
export const SUITE = '0.1';

/** The version of the report format, `report.schema.json`. */
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
  /** The reason for the failure. */
  readonly message?: string;
  /** The element with the largest error, if a value is wrong. */
  readonly worst?: WorstElement;
}

/** A number in a form that JSON can represent. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** An element of a result, in a report. */
export interface WorstElement {
  /** The index in the result, in row-major order. */
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
  /** Its name on the command line, if it ran there. */
  readonly argument?: string;
  readonly mode: Mode;
  readonly dtypes: readonly string[];
  /** The required level. */
  readonly claims: Level;
  readonly checks: readonly CheckReport[];
  readonly milliseconds: number;
}

/** One line of a table: the results of one operation on one backend. */
export interface Summary {
  readonly backend: string;
  readonly op: Subject;
  /** True if there is an answer: some check beyond errors and empty tensors was not refused. */
  readonly offered: boolean;
  /**
   * The strictest level that every accuracy check of the operation reached; undefined without
   * measurements.
   */
  readonly level: Level | undefined;
  /**
   * The worst error in each measured dtype, because units in the last place differ. If a backend
   * may flush results below the smallest normal number, only results that it does not flush count.
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
  /** The options of the run: equal options give the same checks on the same numbers. */
  readonly options: Omit<PlanOptions, 'make'> & { readonly ids?: readonly string[] };
  readonly machine: {
    readonly platform: string;
    readonly arch: string;
    readonly cpus: number;
    readonly runtime: string;
  };
  readonly backends: readonly BackendReport[];
}
