import { fromFloat16, type Host, type Problem, toFloat16 } from '@softmax/core';

/** A kernel written row by row: plain numbers in, plain numbers out. */
export function rowwise(p: Problem, x: Host, f: (v: number[], row: number) => readonly number[]): Host {
  const y = x.slice();
  const half = p.dtype === 'float16';
  for (let o = 0, row = 0; o < p.outer; o++)
    for (let i = 0; i < p.inner; i++, row++) {
      const at = (k: number) => (o * p.n + k) * p.inner + i;
      const v = Array.from({ length: p.n }, (_, k) => (half ? fromFloat16(x[at(k)] ?? 0) : (x[at(k)] ?? 0)));
      for (const [k, value] of f(v, row).entries()) y[at(k)] = half ? toFloat16(value) : value;
    }
  return y;
}

export const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
export const divided = (e: readonly number[]): readonly number[] => {
  const s = sum(e);
  return e.map((v) => v / s);
};
/** A maximum that keeps NaN, unlike most vector instructions; that of a row is found once. */
export function max(v: readonly number[]): number {
  if (v !== known) [known, most] = [v, Math.max(...v)];
  return most;
}

let known: readonly number[] = [];
let most = Number.NEGATIVE_INFINITY;
