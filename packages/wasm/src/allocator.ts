import { SoftmaxError } from '@softmax/core';

/** Every block starts on a cache line, so no two blocks share one. */
const LINE = 64;
/** The number of blocks of a size class that are tried. */
const TRIES = 8;
/** The number of bytes that 32-bit addresses reach. */
const LIMIT = 2 ** 32;

/** Four classes for each power of two. */
function classOf(size: number): number {
  const lines = size / LINE;
  const power = 31 - Math.clz32(lines);
  return power * 4 + (Math.floor((lines / 2 ** power) * 4) & 3);
}

/** The error for exhausted memory. */
export const exhausted = (bytes: number, cause?: unknown): SoftmaxError => {
  const allowed = 'at most 4 GiB in all, and what the machine has';
  return new SoftmaxError('BACKEND_FAILED', 'wasm memory', `${bytes} bytes`, allowed, cause);
};

const sizeOf = (bytes: number): number => Math.max(LINE, Math.ceil(bytes / LINE) * LINE);

/**
 * Blocks of one growing memory. A freed block waits in a list of its exact size for the next
 * request of that size, the typical pattern of a loop. Before the memory grows, all waiting blocks
 * are merged with their neighbours (Knuth's boundary tags) into segregated free lists. All records
 * are outside the memory, so no stray write can corrupt them.
 */
export class Allocator {
  readonly #grow: (end: number) => void;
  readonly #waiting = new Map<number, number[]>();
  readonly #free = new Map<number, number>();
  readonly #freeByEnd = new Map<number, number>();
  readonly #classes: Set<number>[] = Array.from({ length: 128 }, () => new Set<number>());
  #end: number;
  /** The bytes that are in use. */
  used = 0;

  /**
   * @param start the first free byte
   * @param grow extends the memory to an address, or throws
   */
  constructor(start: number, grow: (end: number) => void) {
    this.#end = Math.ceil(start / LINE) * LINE;
    this.#grow = grow;
  }

  /**
   * Returns the address of a block of at least this number of bytes.
   *
   * @throws {SoftmaxError} BACKEND_FAILED if there is no such block; nothing has changed then
   */
  allocate(bytes: number): number {
    if (!(bytes >= 0 && bytes <= LIMIT)) throw exhausted(bytes);
    const size = sizeOf(bytes);
    const ptr = this.#waiting.get(size)?.pop() ?? this.#cut(size);
    this.used += size;
    return ptr;
  }

  /** Frees a block that was requested with this number of bytes. */
  free(ptr: number, bytes: number): void {
    const size = sizeOf(bytes);
    const list = this.#waiting.get(size);
    if (list) list.push(ptr);
    else this.#waiting.set(size, [ptr]);
    this.used -= size;
  }

  #cut(size: number): number {
    let ptr = this.#fitting(size);
    if (ptr === undefined) {
      this.#merge();
      ptr = this.#fitting(size) ?? this.#extend(size);
    }
    const found = this.#take(ptr);
    if (found > size) this.#give(ptr + size, found - size);
    return ptr;
  }

  #merge(): void {
    for (const [length, list] of this.#waiting)
      for (const ptr of list) {
        let [start, size] = [ptr, length];
        const before = this.#freeByEnd.get(start);
        if (before !== undefined) {
          size += this.#take(before);
          start = before;
        }
        if (this.#free.has(start + size)) size += this.#take(start + size);
        this.#give(start, size);
      }
    this.#waiting.clear();
  }

  #fitting(size: number): number | undefined {
    const own = classOf(size);
    let tries = TRIES;
    for (const ptr of this.#classes[own] ?? []) {
      if ((this.#free.get(ptr) ?? 0) >= size) return ptr;
      if (--tries === 0) break;
    }
    for (let c = own + 1; c < this.#classes.length; c++) for (const ptr of this.#classes[c] ?? []) return ptr;
    return undefined;
  }

  /** Adds a free block at the end, merged with an existing one. */
  #extend(size: number): number {
    const last = this.#freeByEnd.get(this.#end);
    const start = last ?? this.#end;
    this.#grow(start + size);
    const more = start + size - this.#end;
    if (last !== undefined) this.#take(last);
    this.#end += more;
    this.#give(start, this.#end - start);
    return start;
  }

  #give(ptr: number, size: number): void {
    this.#free.set(ptr, size);
    this.#freeByEnd.set(ptr + size, ptr);
    this.#classes[classOf(size)]?.add(ptr);
  }

  #take(ptr: number): number {
    const size = this.#free.get(ptr) ?? 0;
    this.#free.delete(ptr);
    this.#freeByEnd.delete(ptr + size);
    this.#classes[classOf(size)]?.delete(ptr);
    return size;
  }
}
