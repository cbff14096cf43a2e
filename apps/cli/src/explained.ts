import { type ErrorCode, SoftmaxError } from '@softmax/core';
import { InputError } from './input-error.ts';
import { UsageError } from './usage-error.ts';

/** What is wrong with the values, rather than with the options. */
const OF_VALUES: readonly ErrorCode[] = ['INVALID_INPUT', 'INVALID_TARGET', 'INVALID_SHAPE', 'EMPTY'];

/** What an operation refuses, as the user's error: of a file, or of the usage. Others pass. */
export async function explained<T>(work: () => Promise<T>, place?: () => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SoftmaxError) || error.code === 'BACKEND_FAILED') throw error;
    if (!OF_VALUES.includes(error.code)) throw new UsageError(error.message);
    throw new InputError(place ? `${place()}: ${error.message}` : error.message);
  }
}
