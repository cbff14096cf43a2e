// A heap of values, each with a place, the worst of them on top: the smallest, and among equal ones the one placed last.

let values: usize = 0;
let places: usize = 0;

/** From now on the heap is in this memory: float64 values, and their places, uint32. */
export function heap(v: usize, p: usize): void {
  values = v;
  places = p;
}

/** The value that is `at` so many from the top of it, and its place. */
@inline export function valueAt(at: usize): f64 {
  return load<f64>(values + (at << 3));
}

@inline export function placeAt(at: usize): u32 {
  return load<u32>(places + (at << 2));
}

@inline export function put(at: usize, v: f64, place: u32): void {
  store<f64>(values + (at << 3), v);
  store<u32>(places + (at << 2), place);
}

/** Whether what stands at `at` is worse than v at a place. */
@inline function isWorse(at: usize, v: f64, place: u32): bool {
  return valueAt(at) < v || (valueAt(at) == v && placeAt(at) > place);
}

/** Puts a value where the heap ends, and what is better above it below. */
export function rise(at: usize, v: f64, place: u32): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (isWorse(parent, v, place)) break;
    put(at, valueAt(parent), placeAt(parent));
    at = parent;
  }
  put(at, v, place);
}

/** Puts a value in place of the worst of `count`. */
export function sink(count: usize, v: f64, place: u32): void {
  let at: usize = 0;
  for (;;) {
    let child: usize = 2 * at + 1;
    if (child >= count) break;
    const next = child + 1;
    if (next < count && isWorse(next, valueAt(child), placeAt(child))) child = next;
    if (!isWorse(child, v, place)) break;
    put(at, valueAt(child), placeAt(child));
    at = child;
  }
  put(at, v, place);
}
