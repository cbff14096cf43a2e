import type { Backend, DType, KernelName, Level, Mode, OpName, Softmax } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import type { Category, Outcome, Subject } from './check.ts';

/** A backend on trial, and how hard it is tried. */
export interface Trial {
  readonly backend: Backend<unknown, Mode>;
  readonly softmax: Softmax<unknown, Mode>;
  /** The level to reach. */
  readonly level: Level;
  /** That of float64 values. */
  readonly float64: Level;
  readonly subnormals: boolean;
  readonly seed: number;
  /** Fewer lengths and examples. */
  readonly quick: boolean;
  /** How many examples a law is tried on. */
  readonly examples: number;
  /** Rows of every length, of every distribution. */
  readonly everyLength: boolean;
  /** Makes another backend of the same kind, where the suite was told how. */
  readonly make?: (() => AnyBackend | Promise<AnyBackend>) | undefined;
  /** Makes one that must fail to start. */
  readonly breaks?: (() => unknown) | undefined;
  /** Runs a part of the plan in a thread of its own. */
  readonly worker?: ((part: Part) => Promise<Ran>) | undefined;
}

/** A part of the plan, as data that goes to another thread. */
export interface Part {
  readonly ids: readonly string[];
  readonly seed: number;
  readonly quick: boolean;
}
/** What became of it: a report of a backend, or as much of it. */
export interface Ran {
  readonly checks: readonly {
    readonly id: string;
    readonly status: Outcome['status'] | 'failed';
    readonly message?: string;
  }[];
}

export type AnyBackend = Backend<unknown, Mode>;

/** A backend, whatever its buffers are. */
export type SomeBackend = Pick<Backend<never, Mode>, 'spec' | 'name' | 'mode' | 'dtypes' | 'claims'>;

/**
 * The runs that a case is part of: full, of all but quick ones; long, where rows of every length are asked for;
 * huge, where tensors of more than 2³¹ bytes are.
 */
export type Tier = 'full' | 'long' | 'huge';

/** What a backend must have for a case to be solved; one that lacks any of it must refuse the case. */
export interface Needs {
  readonly kernels: readonly KernelName[];
  readonly dtypes: readonly DType[];
}

/** A check before it is bound to a backend. */
export interface Case {
  readonly category: Category;
  readonly op: Subject;
  /** In kebab-case. */
  readonly name: string;
  /** The mistake that it exists for. */
  readonly mistake: string;
  readonly needs: Needs;
  /** Default: of every run. */
  readonly tier?: Tier;
  /** What the suite must have been told besides the backend; `breaks` stands for `make` too. */
  readonly told?: 'make' | 'breaks' | 'worker';
  readonly run: (trial: Trial) => Promise<Omit<Outcome, 'status'> | undefined>;
}

/** A case that measures nothing: what is wrong, it throws. */
export const unmeasured = (base: Omit<Case, 'run'>, run: (trial: Trial) => Promise<void>): Case => ({
  ...base,
  run: async (trial) => {
    await run(trial);
    return undefined;
  },
});

/** The kernel that solves an operation where its options and its target ask for no other. */
export const kernelOf = (op: OpName): KernelName => OPERATIONS[op].kernels[0];

export const needs = (op: OpName, dtype: DType = 'float32', kernel: KernelName = kernelOf(op)): Needs => ({
  kernels: [kernel],
  dtypes: [dtype],
});
