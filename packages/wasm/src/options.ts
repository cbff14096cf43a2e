import { SoftmaxError } from '@softmax/core';

export interface WasmOptions {
  /** The backend's name in errors and reports. Default: `wasm`. */
  readonly name?: string;
  /** Fused multiply-add through relaxed SIMD. Default: true if the machine supports it. */
  readonly relaxed?: boolean;
  /**
   * The number of threads that solve rows, and blocks of long rows, together, including the calling
   * one: 1 to 64. Default: 1, which starts none. More threads need shared memory: any Node, or a
   * cross-origin isolated page. Results equal those of one thread in every bit.
   */
  readonly threads?: number;
  /**
   * Initial bytes of linear memory, up to 2³². Arrays from `values` stay attached until more memory
   * is needed. The system allocates physical memory on the first write. Default: 131 072.
   */
  readonly reserve?: number;
}

const MANY = 64;

/** Validates the options and fills in the defaults. */
export function checked(options: WasmOptions): {
  name: string;
  relaxed: boolean | undefined;
  threads: number;
  reserve: number;
} {
  const { name = 'wasm', relaxed, threads = 1, reserve = 0, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw new SoftmaxError('INVALID_OPTION', 'option', unknown, 'name, relaxed, threads, reserve');
  if (typeof name !== 'string') throw new SoftmaxError('INVALID_OPTION', 'name', name, 'a string');
  if (relaxed !== undefined && typeof relaxed !== 'boolean')
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', relaxed, 'true, false');
  if (!Number.isInteger(threads) || threads < 1 || threads > MANY)
    throw new SoftmaxError('INVALID_OPTION', 'threads', threads, `an integer from 1 to ${MANY}`);
  if (!Number.isInteger(reserve) || reserve < 0 || reserve > 2 ** 32)
    throw new SoftmaxError('INVALID_OPTION', 'reserve', reserve, 'an integer from 0 to 2^32');
  return { name, relaxed, threads, reserve };
}
