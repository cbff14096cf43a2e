import { cpus } from 'node:os';
import type { Contender } from './interleave.ts';
import type { Task } from './task.ts';

/** Something that solves tasks: a backend of ours, or a peer. */
export interface System {
  readonly name: string;
  /** Default: 1. */
  readonly threads?: number;
  /** Opens for as long as a benchmark takes. Rejects where it is not installed. */
  open(): Promise<OpenSystem>;
}

export interface OpenSystem {
  readonly version?: string;
  /** Null where it has no such operation. One task at a time: it is disposed of before the next is prepared. */
  prepare(task: Task): Promise<Prepared | null>;
  close?(): Promise<void>;
}

/** As many threads as there are processors. */
export const ALL: number = cpus().length;
/** Fewer elements are not worth dividing. */
const MANY = 2 ** 17;

/** A system that has all processors, beside the same with one: for tasks of many elements. */
export const onAll = (system: System): System => ({
  name: `${system.name}, ${ALL} threads`,
  threads: ALL,
  async open(): Promise<OpenSystem> {
    const open = await system.open();
    return { ...open, prepare: async (task) => (task.x.length < MANY ? null : open.prepare(task)) };
  },
});

export interface Prepared {
  readonly turn: Contender['turn'];
  /** The values of one more call, laid out as the input; null where they are drawn. */
  result(): Promise<ArrayLike<number> | null>;
  dispose?(): void | Promise<void>;
}
