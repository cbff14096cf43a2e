import { type Case, needs } from '../../case.ts';
import type { Draw } from '../../operations/draw.ts';
import { must, outputs } from '../../outputs.ts';

const inf = Number.POSITIVE_INFINITY;
const LOGITS = [0, 1, -inf, -1, 2, 0.5];
const DRAWS = 20_000;

/** What χ² exceeds with probability 5e−4, within 0.5 % (Wilson & Hilferty 1931). */
const limitOf = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 3.2905 * Math.sqrt(2 / (9 * degrees))) ** 3;

/** Choices that are expected less often are counted together. */
const SELDOM = 10;

const weightsOf = (temperature: number): readonly number[] => LOGITS.map((v) => Math.exp(v / temperature));

/** Plackett–Luce: the probability of each ordered choice, one after the other and none twice. */
function choices(weights: readonly number[], k: number): ReadonlyMap<string, number> {
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

function chiSquare(
  counts: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
): readonly [chi: number, degrees: number] {
  const cells = [...expected].map(([choice, p]) => ({ seen: counts.get(choice) ?? 0, mean: DRAWS * p }));
  const often = cells.filter(({ mean }) => mean >= SELDOM);
  const seldom = cells.filter(({ mean }) => mean < SELDOM);
  const rest = seldom.reduce((a, b) => ({ seen: a.seen + b.seen, mean: a.mean + b.mean }), {
    seen: 0,
    mean: 0,
  });
  const all = rest.mean > 0 ? [...often, rest] : often;
  return [all.reduce((sum, { seen, mean }) => sum + (seen - mean) ** 2 / mean, 0), all.length - 1];
}

/** Many rows of the same logits: the counts of what was drawn against the probabilities, by χ². */
export const statistics = (op: Draw): readonly Case[] =>
  (op === 'sample' ? [1] : [1, 2, 3]).flatMap((k) =>
    [1, 0.5, 3].map((temperature, seed) => ({
      category: 'statistics',
      op,
      name: `chi-square-${k === 1 ? '' : `of-${k}-`}at-temperature-${String(temperature).replace('.', '-')}`,
      mistake:
        'frequencies of another distribution: one draw for all rows, T upside down, draws with replacement',
      needs: needs(op),
      async run({ softmax }) {
        const n = LOGITS.length;
        const data = Float32Array.from({ length: DRAWS * n }, (_, at) => LOGITS[at % n] as number);
        const x = { data, shape: [DRAWS, n] };
        const options = { seed, temperature };
        const pending =
          op === 'sample' ? softmax.sample(x, options) : softmax.sampleWithoutReplacement(x, k, options);
        const [y] = await outputs(pending);
        const counts = new Map<string, number>();
        for (let row = 0; row < DRAWS; row++) {
          const choice = Array.from({ length: k }, (_, j) => y?.data[row * k + j]).join();
          counts.set(choice, (counts.get(choice) ?? 0) + 1);
        }
        const expected = choices(weightsOf(temperature), k);
        for (const choice of counts.keys()) must(expected.has(choice), `the impossible choice ${choice}`);
        const [chi, degrees] = chiSquare(counts, expected);
        const limit = limitOf(degrees).toFixed(1);
        must(chi < Number(limit), `χ² = ${chi.toFixed(1)}, above ${limit} in 1 of 2000 honest runs`);
        return undefined;
      },
    })),
  );
