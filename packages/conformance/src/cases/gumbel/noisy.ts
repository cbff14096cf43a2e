import type { Trial } from '../../plan/case.ts';
import { random, seedOf } from '../random.ts';

/** Standard Gumbel noise for each example, of a generator that has nothing to do with core's. */
export function* noisy<E extends { readonly x: readonly number[] }>(
  trial: Trial,
  examples: Iterable<E>,
): Iterable<E & { noise: number[]; dy: number[] }> {
  const next = random(seedOf(trial.seed, 'gumbel'));
  for (const example of examples) {
    const noise = example.x.map(() => -Math.log(-Math.log((next() * 2 ** 32 + 0.5) / 2 ** 32)));
    yield { ...example, noise, dy: example.x.map(() => 4 * next() - 2) };
  }
}
