import { degenerate } from './degenerate';
import { exp64, log1p } from './double-exp';
import { constants } from './exp';
import { prepare } from './logits';
import { addSink, reduce, rowMax, rowRest, rowShift } from './rest';
import { first, last, leads } from './team';
import { TEMPERATURE } from './workspace';

/** log p = (v − max)/T − log1p(rest): two terms of one sign, so nothing cancels, and −2e−9 is not 0. */
export function logSoftmax(
  w: usize, x: usize, mask: usize, y: usize, rows: usize, n: usize,
  negate: bool, temperatures: usize, sinks: usize, masked: i32, impossible: i32,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, y += size) {
    if (temperatures) {
      const t = load<f32>(temperatures + (r << 2));
      if (t != load<f32>(w, TEMPERATURE)) constants(w, t);
    }
    const hidden = mask ? mask + r * n : 0;
    const sink: f32 = sinks ? load<f32>(sinks + (r << 2)) : -Infinity;
    if (!reduce(w, x, hidden, y, n, negate, false)) {
      if (rowMax == -Infinity && sink > -Infinity) {
        if (leads()) fill(y, n, -Infinity);
      }
      else degenerate<f32>(rowMax, hidden, y, n, masked, impossible, true);
      continue;
    }
    const start = first(n);
    const length = last(n) - start;
    const to = y + (start << 2);
    let from = x + (start << 2);
    if (hidden != 0 || negate) {
      if (rowShift != 0) prepare(from, hidden ? hidden + start : 0, to, length, negate, 0);
      from = to;
    }
    const t = <f64>load<f32>(w, TEMPERATURE);
    let top = rowMax;
    let log: f64;
    if (sink > top) {
      top = sink;
      log = log1p((rowRest + 1) * exp64((<f64>rowMax - <f64>sink) / t));
    } else {
      if (sink > -Infinity) addSink(w, sink);
      log = log1p(rowRest);
    }
    if (t == 1) differences(from, to, length, top, <f32>log);
    else quotients(from, to, length, top, t, <f32>log);
  }
}

function fill(y: usize, n: usize, value: f32): void {
  for (let k: usize = 0; k < n; k++) store<f32>(y + (k << 2), value);
}

function differences(x: usize, y: usize, n: usize, top: f32, log: f32): void {
  const m = f32x4.splat(top);
  const l = f32x4.splat(log);
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16)
    v128.store(y + i, f32x4.sub(f32x4.sub(v128.load(x + i), m), l));
  for (; i < end; i += 4) store<f32>(y + i, load<f32>(x + i) - top - log);
}

/** Half of the difference, which cannot overflow, over half of T. */
function quotients(x: usize, y: usize, n: usize, top: f32, t: f64, log: f32): void {
  const half = f32x4.splat(0.5);
  const m = f32x4.splat(top * 0.5);
  const l = f32x4.splat(log);
  const u = f32x4.splat(<f32>(2 / t));
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16)
    v128.store(y + i, f32x4.sub(f32x4.mul(f32x4.sub(f32x4.mul(v128.load(x + i), half), m), u), l));
  for (; i < end; i += 4)
    store<f32>(y + i, (load<f32>(x + i) * 0.5 - top * 0.5) * <f32>(2 / t) - log);
}
