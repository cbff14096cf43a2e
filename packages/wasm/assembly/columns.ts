// Rows that are no neighbours in memory (inner > 1) are copied to where they are, and their results back.

/** Rows that are copied at a time, so that a cache line of 16 columns is read and written while it is near (4 kB). */
const NEAR: usize = 64;

/** `width` columns of a matrix of n rows and `inner` columns of values of `size` bytes, as `width` rows of n values. */
export function gather(x: usize, y: usize, n: usize, inner: usize, width: usize, size: usize): void {
  for (let start: usize = 0; start < n; start += NEAR) {
    const count = min(NEAR, n - start);
    const from = x + start * inner * size;
    const to = y + start * size;
    if (size == 4) gatherPart(from, to, count, n, inner, width);
    else if (size == 1) turn<u8>(from, to, count, width, inner, 1, 1, n);
    else if (size == 2) turn<u16>(from, to, count, width, inner, 1, 1, n);
    else turn<u64>(from, to, count, width, inner, 1, 1, n);
  }
}

/** `count` × `width` values, wherever they are and go: the distances are those of two neighbours. */
@inline function turn<T>(
  x: usize, y: usize, count: usize, width: usize, fromRow: usize, fromColumn: usize, toRow: usize, toColumn: usize,
): void {
  for (let i: usize = 0; i < width; i++)
    for (let k: usize = 0; k < count; k++)
      store<T>(
        y + (k * toRow + i * toColumn) * sizeof<T>(),
        load<T>(x + (k * fromRow + i * fromColumn) * sizeof<T>()),
      );
}

function gatherPart(x: usize, y: usize, count: usize, n: usize, inner: usize, width: usize): void {
  const stride = inner << 2;
  const length = n << 2;
  let i: usize = 0;
  for (; i + 4 <= width; i += 4) {
    const to = y + i * length;
    let from = x + (i << 2);
    let k: usize = 0;
    for (; k + 4 <= count; k += 4, from += stride << 2) {
      const a = v128.load(from);
      const b = v128.load(from + stride);
      const c = v128.load(from + 2 * stride);
      const d = v128.load(from + 3 * stride);
      transposed(a, b, c, d, to + (k << 2), length);
    }
    for (; k < count; k++, from += stride)
      for (let j: usize = 0; j < 4; j++) store<f32>(to + j * length + (k << 2), load<f32>(from + (j << 2)));
  }
  for (; i < width; i++)
    for (let k: usize = 0; k < count; k++)
      store<f32>(y + i * length + (k << 2), load<f32>(x + k * stride + (i << 2)));
}

/** The way back. */
export function scatter(y: usize, x: usize, n: usize, inner: usize, width: usize, size: usize): void {
  for (let start: usize = 0; start < n; start += NEAR) {
    const count = min(NEAR, n - start);
    const from = y + start * size;
    const to = x + start * inner * size;
    if (size == 4) scatterPart(from, to, count, n, inner, width);
    else if (size == 2) turn<u16>(from, to, count, width, 1, n, inner, 1);
    else turn<u64>(from, to, count, width, 1, n, inner, 1);
  }
}

function scatterPart(y: usize, x: usize, count: usize, n: usize, inner: usize, width: usize): void {
  const stride = inner << 2;
  const length = n << 2;
  let i: usize = 0;
  for (; i + 4 <= width; i += 4) {
    const from = y + i * length;
    let to = x + (i << 2);
    let k: usize = 0;
    for (; k + 4 <= count; k += 4, to += stride << 2) {
      const at = from + (k << 2);
      const a = v128.load(at);
      const b = v128.load(at + length);
      const c = v128.load(at + 2 * length);
      const d = v128.load(at + 3 * length);
      transposed(a, b, c, d, to, stride);
    }
    for (; k < count; k++, to += stride)
      for (let j: usize = 0; j < 4; j++) store<f32>(to + (j << 2), load<f32>(from + j * length + (k << 2)));
  }
  for (; i < width; i++)
    for (let k: usize = 0; k < count; k++)
      store<f32>(x + k * stride + (i << 2), load<f32>(y + i * length + (k << 2)));
}

@inline function transposed(a: v128, b: v128, c: v128, d: v128, to: usize, stride: usize): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab0, cd0, 0, 2));
  v128.store(to + stride, v128.shuffle<f64>(ab0, cd0, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<f64>(ab1, cd1, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<f64>(ab1, cd1, 1, 3));
}
