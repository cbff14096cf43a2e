import type { GraphBuilder, Value } from '../../model/builder.ts';

/** The form of p = u^{1/(α − 1)}: α = 2, α = 1.5, any other α below 2, any above. */
export type Power = 'one' | 'half' | 'below' | 'above';

export const powerOf = (alpha: number): Power =>
  alpha === 2 ? 'one' : alpha === 1.5 ? 'half' : alpha < 2 ? 'below' : 'above';

/**
 * α and its derived numbers. The inputs of each form have their own names, so a new number needs no
 * new graph.
 */
export interface Alpha {
  readonly power: Power;
  readonly alpha: Value;
  /** s = α − 1 and q = 1/s. */
  readonly s: Value;
  readonly q: Value;
}

export function alphaOf(g: GraphBuilder, power: Power): Alpha {
  if (power === 'one') return { power, alpha: 2, s: 1, q: 1 };
  if (power === 'half') return { power, alpha: 1.5, s: 0.5, q: 2 };
  const alpha = g.input('alpha', 'float64');
  const s = g.op('Sub', alpha, 1);
  return { power, alpha, s, q: g.op('Div', 1, s) };
}
