import type { Tensor } from '@softmax/core';

/** The values of a tensor on the CPU reference, as plain numbers. */
export const numbers = (x: Tensor<'sync'>): number[] => Array.from(x.data(), Number);
