import type { FloatType } from '@softmax/core';
import { ALL, GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { anywhere, sum, zeroWhere } from './parts/row.ts';
import { product, quotient, scaled, toNumber } from './parts/scaled.ts';

export interface KlDivergenceVariant {
  readonly dtype: FloatType;
}

/**
 * log(p/q), through log1p if the two are close and the quotient would round away their difference.
 */
function logRatio(g: GraphBuilder, p: Value, q: Value): Value {
  const ratio = g.op('Div', p, q);
  const close = g.op('And', g.op('Greater', ratio, 0.5), g.op('Less', ratio, 2));
  const near = log1p(g, g.op('Div', g.op('Sub', p, q), q));
  // If the quotient overflows, or is subnormal and has lost digits, the logarithms are large and
  // far apart.
  const inside = g.op('And', g.op('Greater', ratio, 1e-300), g.op('Less', ratio, 1e300));
  const far = g.op('Where', inside, g.op('Log', ratio), g.op('Sub', g.op('Log', p), g.op('Log', q)));
  return g.op('Where', close, near, far);
}

/** Σ p·log(p/q), 0·log 0 = 0; +inf where q is 0 and p is not. */
export function klDivergence({ dtype }: KlDivergenceVariant): Graph {
  const g = new GraphBuilder();
  const [p, q] = [g.double('p', dtype, ALL), g.double('q', dtype, ALL)];
  const each = zeroWhere(g, g.op('Equal', p, 0), g.op('Mul', p, logRatio(g, p, q)));
  g.output('y', sum(g, each, dtype === 'float64'), dtype, ROWS);
  return g.graph;
}

/**
 * dy·p/q; in float64 computed as m·2^e if the quotient may leave its range although the result does
 * not.
 */
function ratio(g: GraphBuilder, dy: Value, p: Value, q: Value, dtype: FloatType): Value {
  const share = g.op('Div', p, q);
  const plain = g.op('Mul', dy, share);
  if (dtype !== 'float64') return plain;
  const small = g.op('And', g.op('Less', share, 2 ** -1000), g.op('Greater', p, 0));
  const first = anywhere(g, g.op('Or', small, g.op('Greater', share, 2 ** 1000)));
  const body = () => {
    const whole = quotient(g, product(g, scaled(g, dy), scaled(g, p)), scaled(g, q));
    return { state: [toNumber(g, whole)], again: g.bool(false) };
  };
  return g.loop([plain], body, { times: g.int(1), first })[0] as Value;
}

/** dp = dy·(log(p/q) + 1), dq = −dy·p/q; both 0 where p is. */
export function klDivergenceGrad({ dtype }: KlDivergenceVariant): Graph {
  const g = new GraphBuilder();
  const [p, q] = [g.double('p', dtype, ALL), g.double('q', dtype, ALL)];
  const dy = g.double('dy', dtype, ROWS);
  const none = g.op('Equal', p, 0);
  const dp = g.op('Mul', dy, g.op('Add', logRatio(g, p, q), 1));
  const dq = g.op('Neg', ratio(g, dy, p, q, dtype));
  g.output('dp', zeroWhere(g, none, dp), dtype, ALL);
  g.output('dq', zeroWhere(g, none, dq), dtype, ALL);
  return g.graph;
}
