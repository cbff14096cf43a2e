export { type Distribution, distributionOf } from '../bench/distribution.ts';
export { errorOf } from '../bench/error.ts';
export { type Contender, interleave, type Pace, type Turns, timedAsync } from '../bench/interleave.ts';
export type { BenchOp, Size } from '../bench/plan.ts';
export type { BenchResults, TaskResult, Timing, Weight } from '../bench/results.ts';
export { type Task, taskOf } from '../bench/task.ts';
export { timingOf } from '../bench/timing.ts';
