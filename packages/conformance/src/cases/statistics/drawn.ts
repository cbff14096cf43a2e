import { outputs } from '../../judge/outputs.ts';
import type { Trial } from '../../plan/case.ts';

/** What draws classes at random. */
export type Drawer = 'sample' | 'sampleWithoutReplacement' | 'gumbelSoftmax';

export interface Draws {
  readonly logits: readonly number[];
  readonly count: number;
  readonly k?: number;
  /** Along axis 0 instead of the last. */
  readonly across?: boolean;
  readonly options: {
    readonly seed: number | bigint;
    readonly stream?: number;
    readonly temperature?: number;
  };
}

/** The classes that are drawn for many rows of the same logits: k of each. */
export async function drawn({ softmax }: Trial, op: Drawer, given: Draws): Promise<number[][]> {
  const { logits, count, k = 1, across = false, options } = given;
  const n = logits.length;
  const data = Float32Array.from({ length: count * n }, (_, at) =>
    across ? (logits[Math.floor(at / count)] as number) : (logits[at % n] as number),
  );
  const x = { data, shape: across ? [n, count] : [count, n] };
  const all = { ...options, axis: across ? 0 : -1 };
  const [y] = await outputs(
    op === 'sample'
      ? softmax.sample(x, all)
      : op === 'gumbelSoftmax'
        ? softmax.gumbelSoftmax(x, { ...all, hard: true })
        : softmax.sampleWithoutReplacement(x, k, all),
  );
  const found = y?.data ?? [];
  const at = (row: number, j: number, width: number) => (across ? j * count + row : row * width + j);
  return Array.from({ length: count }, (_, row) => {
    if (op !== 'gumbelSoftmax') return Array.from({ length: k }, (__, j) => found[at(row, j, k)] as number);
    return [Array.from({ length: n }, (__, c) => found[at(row, c, n)]).indexOf(1)];
  });
}

/** The first class of the largest logit and noise, and so on: what every backend must draw. */
export function byNoise(
  logits: readonly number[],
  noise: ArrayLike<number>,
  row: number,
  k: number,
): number[] {
  const n = logits.length;
  const sums = logits.map((v, c) => v + Math.fround(noise[row * n + c] as number));
  const order = sums.map((_, c) => c).sort((a, b) => (sums[b] as number) - (sums[a] as number) || a - b);
  return order.slice(0, k);
}

/** Plackett–Luce: the probability of each ordered choice, one after the other and none twice. */
export function choices(weights: readonly number[], k: number): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  const walk = (chosen: readonly number[], p: number): void => {
    if (chosen.length === k) {
      all.set(chosen.join(), p);
      return;
    }
    const left = weights.reduce((sum, w, c) => (chosen.includes(c) ? sum : sum + w), 0);
    for (const [c, w] of weights.entries())
      if (w > 0 && !chosen.includes(c)) walk([...chosen, c], (p * w) / left);
  };
  walk([], 1);
  return all;
}
