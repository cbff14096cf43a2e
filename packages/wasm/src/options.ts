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
}

const MANY = 64;

/** The options, each with its default; what is wrong is refused. */
export function checked(options: WasmOptions): {
  name: string;
  relaxed: boolean | undefined;
  threads: number;
} {
  const { name = 'wasm', relaxed, threads = 1, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw new SoftmaxError('INVALID_OPTION', 'option', unknown, 'name, relaxed, threads');
  if (typeof name !== 'string') throw new SoftmaxError('INVALID_OPTION', 'name', name, 'a string');
  if (relaxed !== undefined && typeof relaxed !== 'boolean')
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', relaxed, 'true, false');
  if (!Number.isInteger(threads) || threads < 1 || threads > MANY)
    throw new SoftmaxError('INVALID_OPTION', 'threads', threads, `an integer from 1 to ${MANY}`);
  return { name, relaxed, threads };
}
