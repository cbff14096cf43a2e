/** Every block starts on a cache line, so that no two share one. */
const LINE = 64;
/** How many blocks of a size class are looked at for one that fits. */
const TRIES = 8;

/** Four classes for each power of two. */
function classOf(size: number): number {
  const lines = size / LINE;
  const power = 31 - Math.clz32(lines);
  return power * 4 + (Math.floor((lines / 2 ** power) * 4) & 3);
}

/**
 * Blocks of one growing memory: segregated free lists, neighbours merged at once (Knuth's boundary tags, kept in maps
 * outside of the memory, so that no stray write can spoil them).
 */
export class Allocator {
  readonly #grow: (end: number) => void;
  readonly #used = new Map<number, number>();
  readonly #free = new Map<number, number>();
  readonly #freeByEnd = new Map<number, number>();
  readonly #classes: Set<number>[] = Array.from({ length: 128 }, () => new Set<number>());
  #end: number;

  /**
   * @param start the first free byte
   * @param grow makes the memory reach to an address, or throws
   */
  constructor(start: number, grow: (end: number) => void) {
    this.#end = Math.ceil(start / LINE) * LINE;
    this.#grow = grow;
  }

  /** The address of a block of at least so many bytes. */
  allocate(bytes: number): number {
    const size = Math.max(LINE, Math.ceil(bytes / LINE) * LINE);
    const ptr = this.#fitting(size) ?? this.#extend(size);
    const found = this.#take(ptr);
    if (found > size) this.#give(ptr + size, found - size);
    this.#used.set(ptr, size);
    return ptr;
  }

  free(ptr: number): void {
    let start = ptr;
    let size = this.#used.get(ptr);
    if (size === undefined) return;
    this.#used.delete(ptr);
    const before = this.#freeByEnd.get(start);
    if (before !== undefined) {
      size += this.#take(before);
      start = before;
    }
    if (this.#free.has(start + size)) size += this.#take(start + size);
    this.#give(start, size);
  }

  /** The bytes that are in use. */
  get used(): number {
    let sum = 0;
    for (const size of this.#used.values()) sum += size;
    return sum;
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

  /** A free block at the end, joined with one that is there. */
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
