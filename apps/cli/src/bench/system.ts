import type { Contender } from './interleave.ts';
import type { Task } from './task.ts';

/** Something that solves tasks: a backend of ours, or a peer. */
export interface System {
  readonly name: string;
  /** Opens for as long as a benchmark takes. Rejects where it is not installed. */
  open(): Promise<OpenSystem>;
}

export interface OpenSystem {
  readonly version?: string;
  /** Null where it has no such operation. One task at a time: it is disposed of before the next is prepared. */
  prepare(task: Task): Promise<Prepared | null>;
  close?(): Promise<void>;
}

export interface Prepared {
  readonly turn: Contender['turn'];
  /** The values of one more call, laid out as the input; null where they are drawn. */
  result(): Promise<ArrayLike<number> | null>;
  dispose?(): void | Promise<void>;
}
