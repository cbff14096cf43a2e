import type { KernelName, Mode, OpName, Softmax } from '@softmax/core';

export type Answer = readonly [
  call: (on: Softmax<unknown, Mode>) => unknown,
  values: readonly number[],
  relative?: number,
];

/** The kernel is named where the options of the answers ask for another than usual. */
export type Known = readonly [
  op: OpName,
  name: string,
  mistake: string,
  answers: readonly Answer[],
  kernel?: KernelName,
];
