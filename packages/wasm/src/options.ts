import { SoftmaxError } from '@softmax/core';

export interface WasmOptions {
  /** The backend's name in errors and reports. Default: `wasm`. */
  readonly name?: string;
  /** Relaxed SIMD (fused multiply-add), or not. Default: where the machine has it. */
  readonly relaxed?: boolean;
  /**
   * How many threads solve rows, and long rows in blocks, together, the calling one among them: 1 to 64. Default: 1,
   * which starts nothing. More need memory that is shared: any Node, or a page that is cross-origin isolated. The bits
   * are those of one thread.
   */
  readonly threads?: number;
  /**
   * Bytes of linear memory to begin with, up to 2³²: no array that `values` gives is cut off until more are needed. The
   * system finds room for them when they are first written to. Default: 131 072.
   */
  readonly reserve?: number;
}

const MANY = 64;

/** The options, each with its default; what is wrong is refused. */
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
