import type { PlanOptions } from '@softmax/conformance';
import type { Backend, Host, Mode, Tensor } from '@softmax/core';

/** A backend that this machine may have. */
export interface Candidate {
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  /** How the command line names it. Default: its name. */
  readonly argument?: string;
  /** Rejects with MISSING_RUNTIME where its runtime is not installed. */
  open(): Promise<Opened>;
}

/** A backend of whatever buffers and mode: work on it must do for all of them. */
export interface Opened {
  readonly name: string;
  /** Makes another of the same kind, so that making and disposing can be tried too. */
  readonly make?: PlanOptions['make'];
  /** Runs a part of the plan on another in a thread of its own. */
  readonly worker?: PlanOptions['worker'];
  readonly use: <T>(work: <B, M extends Mode>(backend: Backend<B, M>) => T) => T;
  /** The values of a tensor where they stand, good until it is disposed. Default: those that the tensor gives. */
  readonly values?: (x: Tensor) => Host;
  readonly close: () => Promise<void>;
}

export const opened = <B, M extends Mode>(
  backend: Backend<B, M>,
  close: () => Promise<void> = async () => {},
): Opened => ({ name: backend.name, use: (work) => work(backend), close });
