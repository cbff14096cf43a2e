import type { Backend, DType, KernelName, Level, Mode, OpName, Softmax } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import type { Category, Outcome, Subject } from './check.ts';

/** A backend under test, and the extent of the test. */
export interface Trial {
  readonly backend: Backend<unknown, Mode>;
  readonly softmax: Softmax<unknown, Mode>;
  /** The required level. */
  readonly level: Level;
  /** The required level of float64 values. */
  readonly float64: Level;
  readonly subnormals: boolean;
  readonly seed: number;
  /** Fewer lengths and examples. */
  readonly quick: boolean;
  /** The number of examples for each law. */
  readonly examples: number;
  /** Rows of every length, of every distribution. */
  readonly everyLength: boolean;
  /** Creates another backend of the same kind, if the suite has such a function. */
  readonly make?: (() => AnyBackend | Promise<AnyBackend>) | undefined;
  /** Creates a backend that must fail to start. */
  readonly breaks?: (() => unknown) | undefined;
  /** Runs a part of the plan in another thread. */
  readonly worker?: ((part: Part) => Promise<Ran>) | undefined;
}

/** A part of the plan, as data for another thread. */
export interface Part {
  readonly ids: readonly string[];
  readonly seed: number;
  readonly quick: boolean;
}
/** The outcome of the part: the report of a backend, or a part of it. */
export interface Ran {
  readonly checks: readonly {
    readonly id: string;
    readonly status: Outcome['status'] | 'failed';
    readonly message?: string;
  }[];
}

export type AnyBackend = Backend<unknown, Mode>;

/** A backend with any buffer type. */
export type SomeBackend = Pick<Backend<never, Mode>, 'spec' | 'name' | 'mode' | 'dtypes' | 'claims'>;

/**
 * The runs that contain a case. full: all except quick ones; long: runs with rows of every length;
 * huge: runs with tensors of more than 2³¹ bytes.
 */
export type Tier = 'full' | 'long' | 'huge';

/** The features that a backend needs for a case; a backend that lacks one must refuse the case. */
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
  /** The mistake that the case detects. */
  readonly mistake: string;
  readonly needs: Needs;
  /** Default: part of every run. */
  readonly tier?: Tier;
  /** Functions that the suite needs besides the backend; `breaks` also implies `make`. */
  readonly told?: 'make' | 'breaks' | 'worker';
  readonly run: (trial: Trial) => Promise<Omit<Outcome, 'status'> | undefined>;
}

/** A case without a measurement: it throws if a behaviour is wrong. */
export const unmeasured = (base: Omit<Case, 'run'>, run: (trial: Trial) => Promise<void>): Case => ({
  ...base,
  run: async (trial) => {
    await run(trial);
    return undefined;
  },
});

/** Returns the kernel that solves an operation, unless its options and target select another. */
export const kernelOf = (op: OpName): KernelName => OPERATIONS[op].kernels[0];

export const needs = (op: OpName, dtype: DType = 'float32', kernel: KernelName = kernelOf(op)): Needs => ({
  kernels: [kernel],
  dtypes: [dtype],
});
