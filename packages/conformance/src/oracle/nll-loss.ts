import { absolute, type Big, big, multiply, negate, ONE, total, trim, ZERO } from './big.ts';
import type { Expected } from './expected.ts';
import { type LikelihoodExample, likelihood, type Solved, weightedTarget } from './likelihood.ts';

/** l = −Σ_c a_c·x_c, a = w ∘ q, over the classes with a ≠ 0; dl/dx = −a whatever x is. */
export const nllLoss = (
  example: LikelihoodExample,
): { readonly loss: Expected; readonly dx: Expected; readonly dt: Expected } => likelihood(example, solve);

function solve(example: LikelihoodExample, at: readonly number[], row: number): Solved {
  const a = weightedTarget(example, at, row).filter((own) => own !== undefined);
  const terms: Big[] = [];
  let lost = 0;
  for (const [k, own] of a.entries()) {
    const x = example.x[at[k] as number] as number;
    if (own.m === 0n) continue;
    if (Number.isFinite(x)) terms.push(trim(multiply(own, big(-x))));
    else lost -= x;
  }
  return {
    loss: lost === 0 ? total(terms) : lost,
    size: lost === 0 ? total(terms.map(absolute)) : ONE,
    dx: a.map((own) => ({ value: negate(own), largest: own, distance: ZERO })),
  };
}
