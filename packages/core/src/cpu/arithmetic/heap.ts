/** A binary heap; `pop` returns the item that sorts first (Williams 1964). */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  push(item: T): void {
    let at = this.#items.push(item) - 1;
    while (at > 0 && this.#swap(at, (at - 1) >> 1)) at = (at - 1) >> 1;
  }

  pop(): T {
    const [items, last] = [this.#items, this.#items.pop() as T];
    if (items.length === 0) return last;
    const first = items[0] as T;
    items[0] = last;
    for (let at = 0, child = 1; child < items.length; at = child, child = 2 * at + 1) {
      if (child + 1 < items.length && this.#before(items[child + 1] as T, items[child] as T)) child++;
      if (!this.#swap(child, at)) break;
    }
    return first;
  }

  /** Puts an item and its parent in order. Returns true if they were swapped. */
  #swap(at: number, above: number): boolean {
    const [low, high] = [this.#items[at] as T, this.#items[above] as T];
    if (!this.#before(low, high)) return false;
    this.#items[at] = high;
    this.#items[above] = low;
    return true;
  }
}
