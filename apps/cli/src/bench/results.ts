import { cpus } from 'node:os';
import type { Distribution } from './distribution.ts';
import type { BenchOp } from './plan.ts';

/** Times are microseconds of a call. */
export interface Timing extends Distribution {
  readonly system: string;
  readonly rounds: number;
  /** In a loop of its own, at the end of warming up: far from the median where taking turns costs the system something. */
  readonly alone: number;
  /** Its fastest turn. */
  readonly least: number;
  /** How many times as long as the first system of the task, round by round. */
  readonly ratio: Distribution;
  /** The worst error, ulp of float32; null where the operation has no one exact result. */
  readonly ulp: number | null;
}

export interface TaskResult {
  readonly op: BenchOp;
  readonly size: string;
  readonly n: number;
  /** Elements of the input. */
  readonly elements: number;
  readonly timings: readonly Timing[];
}

/** From the start of a process that imports the system to its first softmax, milliseconds; bytes of what a page loads. */
export interface Weight {
  readonly system: string;
  readonly coldStart?: Distribution;
  readonly bundle?: { readonly bytes: number; readonly gzip: number };
}

export interface BenchResults {
  readonly format: 1;
  readonly date: string;
  readonly machine: { readonly runtime: string; readonly cpu: string; readonly cpus: number };
  readonly pace: { readonly warmUp: number; readonly turn: number; readonly rounds: number };
  readonly systems: readonly { readonly name: string; readonly threads: number; readonly version?: string }[];
  readonly absent: readonly { readonly system: string; readonly reason: string }[];
  readonly tasks: readonly TaskResult[];
  readonly weights: readonly Weight[];
}

export const machine = (): BenchResults['machine'] => ({
  runtime: `node ${process.versions.node}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cpus: cpus().length,
});

/** 10⁹ bytes a second: each element read once and written once, 4 bytes each. */
export const throughput = ({ elements }: TaskResult, { median }: Distribution): number =>
  (8 * elements) / median / 1000;
