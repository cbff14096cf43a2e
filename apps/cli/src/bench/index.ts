export { addBench } from '../commands/bench.ts';
export type { Distribution } from './distribution.ts';
export { distributionOf } from './distribution.ts';
export {
  type Contender,
  interleave,
  PACE,
  type Pace,
  ratioOf,
  type Turns,
  timed,
  timedAsync,
} from './interleave.ts';
export { OURS } from './ours.ts';
export type { BenchOp, Size } from './plan.ts';
export { throughputPlot } from './plots.ts';
export {
  type BenchResults,
  machine,
  type TaskResult,
  type Timing,
  throughput,
  type Weight,
} from './results.ts';

export { ALL, type OpenSystem, onAll, type Prepared, type System } from './system.ts';
export { type Task, WIDTH } from './task.ts';
