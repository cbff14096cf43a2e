import type { DType, Host } from '@softmax/core';
import { Allocator, exhausted } from './allocator.ts';
import type { Exports } from './exports.ts';
import type { Pool } from './threads/pool.ts';
import {
  type At,
  type Calls,
  eachTile,
  type Strided,
  strided,
  TILE,
  threadsFor,
  widthOfTile,
  ZERO,
} from './tiles.ts';

export type AnyKernel = (problem: object, inputs: object) => object;

/** Values in linear memory. */
export interface WasmBuffer {
  readonly ptr: number;
  readonly length: number;
  readonly dtype: DType;
}

const ARRAYS = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

/** The bytes of a value; a lookup in a table takes V8 7 ns instead of 4 ns. */
export function sizeOf(dtype: DType): number {
  if (dtype === 'float32' || dtype === 'int32') return 4;
  if (dtype === 'float64') return 8;
  return dtype === 'float16' ? 2 : 1;
}
const bytesOf = (dtype: DType, length: number): number => length * sizeOf(dtype);

/** Whole cache lines, as each thread writes to its own. */
const linesOf = (bytes: number): number => Math.ceil(bytes / 64) * 64;

const PAGE = 65536;
/** The workspace holds rows of this length from the start. */
const SHORT = 32768;

/** Linear memory, its content, and the kernels that work on it. */
export class Memory {
  readonly exports: Exports;
  /** The exports again, for tiles. */
  readonly calls: Calls;
  readonly pool: Pool | undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #allocator: Allocator;
  /** The blocks that the running kernel has allocated. */
  readonly #made: WasmBuffer[] = [];
  #count = 0;
  #running = false;
  readonly #scratch: WasmBuffer[] = [];
  #workspace = 0;
  #stride = 0;
  #longest = 0;
  #temperature = Number.NaN;
  #poison: number | undefined;

  constructor(exports: Exports, memory: WebAssembly.Memory, pool?: Pool) {
    this.exports = exports;
    // A copy: V8 looks faster for a property of an ordinary object.
    this.calls = { ...exports } as object as Calls;
    this.pool = pool;
    this.#memory = memory;
    this.#allocator = new Allocator(exports.heapBase.value as number, (end) => this.#reach(end));
  }

  #reach(end: number): void {
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return;
    try {
      this.#memory.grow(missing);
    } catch (cause) {
      throw exhausted(end, cause);
    }
  }

  /** Fills all memory with this word before it is used (see `Backend`). */
  poison(word: number | undefined): void {
    this.#poison = word;
  }

  /** Returns the address of a block of this many bytes with arbitrary content. */
  #block(bytes: number): number {
    const ptr = this.#allocator.allocate(bytes);
    if (this.#poison !== undefined) this.#fill(ptr, linesOf(bytes), this.#poison);
    return ptr;
  }

  #fill(ptr: number, bytes: number, word: number): void {
    new Uint32Array(this.#memory.buffer, ptr, bytes / 4).fill(word);
  }

  allocate(dtype: DType, length: number): WasmBuffer {
    const buffer = { ptr: this.#block(bytesOf(dtype, length)), length, dtype };
    if (this.#running) this.#made[this.#count++] = buffer;
    return buffer;
  }

  /** Runs a kernel. Frees its scratch memory, and all its allocations after a failure. */
  run(kernel: AnyKernel, problem: object, inputs: object): object {
    this.#count = 0;
    this.#running = true;
    if (this.#poison !== undefined) {
      this.#fill(this.#workspace, this.#longest > 0 ? this.#workspaces(this.#longest) : 0, this.#poison);
      this.#temperature = Number.NaN;
    }
    try {
      return kernel(problem, inputs);
    } catch (error) {
      for (const buffer of this.#made.slice(0, this.#count)) this.free(buffer);
      throw error;
    } finally {
      this.#running = false;
      if (this.#scratch.length > 0) for (const buffer of this.#scratch.splice(0)) this.free(buffer);
    }
  }

  /** Allocates memory that is freed when the call ends, also after a failure. */
  scratch(dtype: DType, length: number): WasmBuffer {
    const buffer = { ptr: this.#block(bytesOf(dtype, length)), length, dtype };
    this.#scratch.push(buffer);
    return buffer;
  }

  free({ ptr, length, dtype }: WasmBuffer): void {
    this.#allocator.free(ptr, bytesOf(dtype, length));
  }

  /**
   * Returns a view of the values. It is valid until memory grows, so each use creates a new one.
   */
  view({ ptr, length, dtype }: WasmBuffer): Host {
    return new ARRAYS[dtype](this.#memory.buffer, ptr, length);
  }

  upload(data: Host, dtype: DType): WasmBuffer {
    const buffer = this.allocate(dtype, data.length);
    try {
      this.view(buffer).set(data);
    } catch (error) {
      // A running kernel frees everything that it allocated.
      if (!this.#running) this.free(buffer);
      throw error;
    }
    return buffer;
  }

  /**
   * Converts values to another float type: exactly from a narrower one, rounded once from a wider
   * one.
   */
  convert(from: WasmBuffer, to: WasmBuffer): void {
    const [size, wanted, { length }] = [sizeOf(from.dtype), sizeOf(to.dtype), from];
    const threads = threadsFor(this.pool, length);
    const width = threads > 1 ? TILE : length;
    const per = Math.ceil(length / width);
    const count = widthOfTile(width, per, length);
    const source = strided(from.ptr, { perTile: width * size });
    const target = strided(to.ptr, { perTile: width * wanted });
    const solve = (call: Calls, at: At): void =>
      call.convert(at(source), size, at(target), wanted, at(count));
    eachTile(this, { matrices: 1, per, threads, solve });
  }

  /**
   * Returns a buffer in the type that a kernel takes: the buffer itself, or a copy for this call.
   */
  as(dtype: DType, buffer: WasmBuffer): WasmBuffer {
    if (buffer.dtype === dtype) return buffer;
    const copy = this.scratch(dtype, buffer.length);
    this.convert(buffer, copy);
    return copy;
  }

  /** Allocates scratch memory for a number of threads, for each on cache lines of its own. */
  own(bytes: number, threads: number): Strided {
    if (bytes === 0) return ZERO;
    const step = linesOf(bytes);
    const { ptr } = this.scratch('bool', step * threads);
    return strided(ptr, { perThread: step });
  }

  /**
   * Prepares the constants of kernels, for rows of n values at a temperature; NaN if each row has
   * its own.
   */
  prepare(n: number, temperature: number): void {
    if (n > this.#longest) {
      const longest = Math.max(n, SHORT);
      const larger = this.#block(this.#workspaces(longest));
      if (this.#longest > 0) this.#allocator.free(this.#workspace, this.#workspaces(this.#longest));
      this.#workspace = larger;
      this.#longest = longest;
      this.#stride = this.#workspaceSize(longest);
      this.#constants(1);
      this.#temperature = 1;
    }
    if (temperature !== this.#temperature && temperature === temperature) this.#constants(temperature);
    this.#temperature = temperature;
  }

  /** Returns the address of the constants of thread k. */
  workspaceOf(k: number): number {
    return this.#workspace + k * this.#stride;
  }

  /** Where each thread keeps them. */
  workspace(): Strided {
    return strided(this.#workspace, { perThread: this.#stride });
  }

  #constants(temperature: number): void {
    for (let k = 0; k < (this.pool?.size ?? 1); k++) this.exports.constants(this.workspaceOf(k), temperature);
  }

  #workspaceSize(n: number): number {
    return linesOf(this.exports.workspaceSize(n));
  }

  #workspaces(n: number): number {
    return this.#workspaceSize(n) * (this.pool?.size ?? 1);
  }

  /** The bytes that tensors occupy, and the total memory, which never shrinks. */
  get bytes(): { readonly used: number; readonly total: number } {
    return { used: this.#allocator.used, total: this.#memory.buffer.byteLength };
  }
}
