import { SoftmaxError } from '@softmax/core';
import type { Exports } from './exports.ts';
import { Memory } from './memory.ts';
import { type Bytes, spelled, template } from './modules.ts';
import { Meeting } from './threads/meeting.ts';
import { Pool } from './threads/pool.ts';
import { checkThreads } from './threads/start.ts';
import { Waiting } from './threads/waiting.ts';

/** The end of the module's only import: env.memory, a memory (2) with a maximum (1). */
const IMPORT = Array.from('\x03env\x06memory\x02\x01', (letter) => letter.charCodeAt(0));

/** The same module for shared memory, which is one more bit of its import's limits. */
function shared(bytes: Bytes): Bytes {
  const at = bytes.findIndex((_, start) => IMPORT.every((byte, k) => bytes[start + k] === byte));
  const copy = bytes.slice();
  copy[at + IMPORT.length - 1] = 3;
  return copy;
}

export interface Instance {
  readonly memory: Memory;
  /** Whether multiplications and additions are fused. */
  readonly relaxed: boolean;
  /** The workers, where more than one thread was asked for. */
  readonly pool: Pool | undefined;
}

/** Compiles the module that this machine can run: relaxed SIMD where it is known, else plain. */
export async function instantiate(
  base64: string,
  relaxed?: boolean,
  threads = 1,
  reserve = 0,
): Promise<Instance> {
  const either = await template(base64);
  const fused = spelled(either, true);
  const known = relaxed !== false && WebAssembly.validate(fused);
  if (relaxed === true && !known)
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', true, 'false: this machine has no relaxed SIMD');
  const many = threads > 1;
  if (many) checkThreads();
  const memory = memoryOf(reserve, many);
  const bytes = known ? fused : spelled(either, false);
  const waiting = new Waiting();
  const meeting = many ? new Meeting(waiting) : undefined;
  const { module, exports } = await started(many ? shared(bytes) : bytes, memory, () => meeting?.barrier());
  const pool = meeting && (await Pool.start({ exports, module, memory, meeting, waiting }, threads));
  return { memory: new Memory(exports, memory, pool), relaxed: known, pool };
}

function memoryOf(bytes: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: Math.max(2, Math.ceil(bytes / 65536)), maximum: 65536, shared });
  } catch (cause) {
    throw new SoftmaxError('BACKEND_FAILED', 'wasm memory', `${bytes} bytes`, 'what the machine has', cause);
  }
}

async function started(
  bytes: Bytes,
  memory: WebAssembly.Memory,
  barrier: () => void,
): Promise<{ readonly module: WebAssembly.Module; readonly exports: Exports }> {
  try {
    const { module, instance } = await WebAssembly.instantiate(bytes, { env: { memory, barrier } });
    return { module, exports: instance.exports as object as Exports };
  } catch (cause) {
    throw new SoftmaxError('BACKEND_FAILED', 'wasm', 'no SIMD', 'a machine with WebAssembly SIMD', cause);
  }
}
