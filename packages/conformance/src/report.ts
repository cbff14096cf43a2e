import type { Level } from '@softmax/core';
import type { Category, Subject } from './check.ts';

/** The version of the suite: checks are added in a minor version, and tightened in a major one. */
export const SUITE = '0.1';

export interface CheckReport {
  readonly id: string;
  readonly category: Category;
  readonly op: Subject;
  readonly status: 'passed' | 'failed' | 'refused' | 'deviating';
  readonly mistake: string;
  readonly milliseconds: number;
  readonly level?: Level;
  readonly ulp?: number;
  /** Why it failed. */
  readonly message?: string;
}

export interface BackendReport {
  readonly backend: string;
  readonly claims: Level;
  readonly checks: readonly CheckReport[];
  readonly milliseconds: number;
}

/** One line of a table: how one operation does on one backend. */
export interface Summary {
  readonly backend: string;
  readonly op: Subject;
  /** The strictest level that every accuracy check of the operation reached; none where nothing was measured. */
  readonly level: Level | undefined;
  readonly ulp: number | undefined;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  readonly deviating: number;
  readonly milliseconds: number;
}

/** A whole run, as `softmax check --json` writes it. */
export interface Report {
  readonly suite: string;
  readonly date: string;
  readonly machine: {
    readonly platform: string;
    readonly arch: string;
    readonly cpus: number;
    readonly runtime: string;
  };
  readonly backends: readonly BackendReport[];
}
