// Values of a row of float32, or where `wide` of float64.

@inline export function read(x: usize, k: usize, wide: bool): f64 {
  return wide ? load<f64>(x + (k << 3)) : <f64>load<f32>(x + (k << 2));
}

@inline export function write(y: usize, k: usize, v: f64, wide: bool): void {
  if (wide) store<f64>(y + (k << 3), v);
  else store<f32>(y + (k << 2), <f32>v);
}

@inline export function bytesOf(n: usize, wide: bool): usize {
  return n << (wide ? 3 : 2);
}
