import type { Distribution, EmptyRow, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { BLOCKS, DOUBLE, doubles, eachRows, ofRow, type SolveRows } from '../rows.ts';
import { type At, type Calls, eachTile, scaled, strided, threadsFor, widthOfTile } from '../tiles.ts';

export const FILLING: { readonly [E in EmptyRow]: number } = { nan: 0, zero: 1, uniform: 2 };
/** Between these values, no power of T up to the sixth leaves float32. */
const [COLD, HOT] = [1e-4, 1e4];

/** Columns that are processed together: their states take 16 kB. */
const WIDE = 1024;
/**
 * Columns that one of several threads processes together, if a matrix has at least this number. Two
 * threads read parts of the same rows. 1000 × 1000 took 0.54 to 0.69 of the time of one thread in
 * bands of 64, and 0.56 to 1.42 in halves; 1000 × 256 took 1.3 times as long
 * (the variation comes from when it was measured; a core waits 0.2 µs for a value of the other).
 */
const [BAND, MANY] = [64, 512];

export const temperate = (t: number): boolean => t >= COLD && t <= HOT;

type DistributionKernel = Kernel<'softmax' | 'logSoftmax', WasmBuffer, 'sync'>;

/**
 * softmax and logSoftmax. float32 arithmetic for float32 and float16; float64 arithmetic for
 * float64, with a soft cap, and near the limits of T.
 */
export function distribution(memory: Memory, name: 'softmax' | 'logSoftmax'): DistributionKernel {
  return (p, inputs) => {
    const { x, mask, temperature, sink } = inputs;
    const { n } = p;
    const negate = p.negate ? 1 : 0;
    const masked = FILLING[p.empty.masked];
    const impossible = FILLING[p.empty.impossible];
    const y = memory.allocate(p.dtype, x.length);
    if (!isSingle(memory, p, temperature)) {
      const { negate, softcap: cap, temperature: t } = p;
      const [ts, sinks] = [doubles(memory, temperature), doubles(memory, sink)];
      const log = Number(name === 'logSoftmax');
      const solveWide: SolveRows = (call, at) => {
        const own = [ts(at.first), sinks(at.first)] as const;
        call.doubleDistribution(
          at.x,
          0,
          at.mask,
          at.y,
          at.rows,
          n,
          Number(negate),
          cap,
          t,
          ...own,
          masked,
          impossible,
          log,
        );
      };
      eachRows(memory, p, { x, mask }, { y }, solveWide, DOUBLE);
      return { y };
    }
    memory.prepare(n, temperature ? Number.NaN : p.temperature);
    const plain = !mask && !sink && !temperature && !p.negate;
    if (name === 'softmax' && plain && alongColumns(memory, p, x, y)) return { y };
    const rows: SolveRows = (call, at) => {
      const ts = ofRow(temperature, at.first);
      const sinks = ofRow(sink, at.first);
      call[name](at.w, at.x, at.mask, at.y, at.rows, n, negate, ts, sinks, masked, impossible);
    };
    eachRows(memory, p, { x, mask }, { y }, rows, BLOCKS);
    return { y };
  };
}

/**
 * Processes columns if rows are not contiguous. Returns true if there are whole vectors of columns,
 * and each column fits its window of exponents.
 */
function alongColumns(memory: Memory, p: Distribution, x: WasmBuffer, y: WasmBuffer): boolean {
  const { outer, n, inner } = p;
  if (inner % 4 !== 0 || p.dtype !== 'float32') return false;
  const threads = threadsFor(memory.pool, outer * n * inner);
  const width = threads > 1 && inner >= MANY ? BAND : WIDE;
  const per = Math.ceil(inner / width);
  const states = memory.own(16 * width, threads);
  const outside = memory.scratch('bool', outer * per);
  const first = strided(0, { perTile: 4 * width, perMatrix: 4 * n * inner });
  const [source, target] = [scaled(x.ptr, 1, first), scaled(y.ptr, 1, first)];
  const columns = widthOfTile(width, per, inner);
  const flag = strided(outside.ptr, { perTile: 1, perMatrix: per });
  const workspace = memory.workspace();
  const solve = (call: Calls, at: At): void =>
    call.softmaxColumns(at(workspace), at(source), at(target), n, inner, at(columns), at(states), at(flag));
  eachTile(memory, { matrices: outer, per, threads, solve });
  return memory.view(outside).every((flag) => flag === 0);
}

type GradientKernel = Kernel<'softmaxGrad' | 'logSoftmaxGrad', WasmBuffer, 'sync'>;

/** The vector–Jacobian products of both, under the same conditions. */
export function distributionGrad(memory: Memory, name: 'softmaxGrad' | 'logSoftmaxGrad'): GradientKernel {
  return (p, inputs) => {
    const { x, temperature, sink } = inputs;
    const dx = memory.allocate(p.dtype, x.length);
    if (!isSingle(memory, p, temperature)) {
      const { n, negate, softcap: cap, temperature: t } = p;
      const [ts, sinks] = [doubles(memory, temperature), doubles(memory, sink)];
      const log = Number(name === 'logSoftmaxGrad');
      const solveWide: SolveRows = (call, at) => {
        const own = [ts(at.first), sinks(at.first)] as const;
        call.doubleDistributionGrad(
          at.x,
          0,
          at.mask,
          at.dy,
          at.y,
          at.rows,
          n,
          Number(negate),
          cap,
          t,
          ...own,
          log,
        );
      };
      eachRows(memory, p, inputs, { y: dx }, solveWide, DOUBLE);
      return { dx };
    }
    memory.prepare(p.n, temperature ? Number.NaN : p.temperature);
    const rows: SolveRows = (call, at) => {
      const [ts, sinks] = [ofRow(temperature, at.first), ofRow(sink, at.first)];
      call[name](at.w, at.x, at.mask, at.dy, at.y, at.rows, p.n, Number(p.negate), ts, sinks);
    };
    eachRows(memory, p, inputs, { y: dx }, rows, BLOCKS);
    return { dx };
  };
}

/** Returns true if float32 has enough range for the arithmetic. */
function isSingle(memory: Memory, p: Distribution, temperature: WasmBuffer | undefined): boolean {
  if (p.dtype === 'float64' || p.softcap !== 0) return false;
  return temperature ? memory.view(temperature).every(temperate) : temperate(p.temperature);
}
