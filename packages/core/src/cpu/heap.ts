/** A binary heap: the largest key first, among equals what `compare` puts first (Williams 1964). */
export class Heap {
  readonly #items: number[] = [];
  readonly #keys: number[] = [];
  readonly #compare: (a: number, b: number) => number;

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  push(item: number, key: number): void {
    let at = this.#items.length;
    for (let above = (at - 1) >> 1; at > 0 && this.#before(item, key, above); above = (at - 1) >> 1) {
      this.#move(above, at);
      at = above;
    }
    this.#items[at] = item;
    this.#keys[at] = key;
  }

  /** Takes the first out; there must be one. */
  pop(): { readonly item: number; readonly key: number } {
    const first = { item: this.#items[0] as number, key: this.#keys[0] as number };
    const [item, key] = [this.#items.pop() as number, this.#keys.pop() as number];
    const size = this.#items.length;
    if (size === 0) return first;
    let at = 0;
    for (let next = 1; next < size; next = 2 * at + 1) {
      if (
        next + 1 < size &&
        this.#before(this.#items[next + 1] as number, this.#keys[next + 1] as number, next)
      )
        next++;
      if (this.#before(item, key, next)) break;
      this.#move(next, at);
      at = next;
    }
    this.#items[at] = item;
    this.#keys[at] = key;
    return first;
  }

  #before(item: number, key: number, at: number): boolean {
    const other = this.#keys[at] as number;
    return key > other || (key === other && this.#compare(item, this.#items[at] as number) < 0);
  }

  #move(from: number, to: number): void {
    this.#items[to] = this.#items[from] as number;
    this.#keys[to] = this.#keys[from] as number;
  }
}
