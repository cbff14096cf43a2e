import { SoftmaxError } from '@softmax/core';
import type { Exports } from './exports.ts';
import { Memory } from './memory.ts';
import { type Bytes, unpackModules, withSharedMemory } from './modules.ts';
import { Meeting } from './threads/meeting.ts';
import { Pool } from './threads/pool.ts';
import { checkThreads } from './threads/start.ts';
import { Waiting } from './threads/waiting.ts';

export interface Instance {
  readonly memory: Memory;
  /** True if multiplications and additions are fused. */
  readonly relaxed: boolean;
  /** The workers, if more than one thread was requested. */
  readonly pool: Pool | undefined;
}

/**
 * Instantiates the module for relaxed SIMD if the machine supports it, unless `relaxed` selects
 * one.
 */
export async function instantiate(relaxed?: boolean, threads = 1, reserve = 0): Promise<Instance> {
  const modules = await unpackModules();
  const isRelaxed = relaxed !== false && WebAssembly.validate(modules.relaxed);
  if (relaxed === true && !isRelaxed)
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', true, 'false: this machine has no relaxed SIMD');
  const many = threads > 1;
  if (many) checkThreads();
  const memory = memoryOf(reserve, many);
  const bytes = isRelaxed ? modules.relaxed : modules.plain;
  const waiting = new Waiting();
  const meeting = many ? new Meeting(waiting) : undefined;
  const { module, exports } = await started(many ? withSharedMemory(bytes) : bytes, memory, () =>
    meeting?.barrier(),
  );
  const pool = meeting && (await Pool.start({ exports, module, memory, meeting, waiting }, threads));
  return { memory: new Memory(exports, memory, pool), relaxed: isRelaxed, pool };
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
