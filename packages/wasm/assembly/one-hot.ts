/** 1 at the class of each row, of values of `size` bytes. */
export function oneHot(classes: usize, y: usize, outer: usize, n: usize, inner: usize, size: usize): void {
  memory.fill(y, 0, outer * n * inner * size);
  for (let o: usize = 0; o < outer; o++)
    for (let i: usize = 0; i < inner; i++, classes += 4) {
      const at = y + ((o * n + <usize>load<i32>(classes)) * inner + i) * size;
      if (size == 2) store<u16>(at, 0x3c00);
      else if (size == 4) store<f32>(at, 1);
      else store<f64>(at, 1);
    }
}
