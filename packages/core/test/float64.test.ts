import { expect, test } from 'vitest';
import { expOf, log1pOf, logOf } from '../src/cpu/arithmetic/double-double.ts';
import {
  entmax,
  hierarchicalSoftmax,
  logAddExp,
  logCumSumExp,
  logMeanExp,
  logSoftmax,
  logSumExp,
  logSumExpState,
  nestedTree,
  rowState,
  softmax,
  softmaxGrad,
} from '../src/index.ts';

// Every expected value: mpmath 1.3 at 300 bits, of the doubles that are given.

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const of = (x: readonly number[]) => x.reduce(logSumExpState.push, logSumExpState.identity);

test('exponential and logarithms whose low part is noise', () => {
  const close = ({ high, low }: { high: number; low: number }, wanted: number, beyond: number) => {
    expect(high).toBe(wanted);
    expect(Math.abs(low / beyond - 1)).toBeLessThan(2 ** -48);
  };
  close(expOf({ high: -20.3, low: 0 }), 1.5269401591266087e-9, -9.350718630790655e-26);
  close(log1pOf({ high: 0.7, low: 0 }), 0.5306282510621704, -5.076541175216476e-18);
  close(logOf({ high: 1e-5, low: 0 }), -11.512925464970229, 2.790027459050308e-16);
  expect(expOf({ high: Number.NEGATIVE_INFINITY, low: 0 }).high).toBe(0);
});

test('log-probabilities whose sum is log 1, and so nothing but rounding', () => {
  const x = [0.5, 0.3, 0.2].map(Math.log);
  // 2⁻⁵⁷: what is left of 106 bits.
  for (const y of [logSumExp(x).toArray() as number, logSumExpState.value(of(x))])
    expect(Math.abs(y / -7.753397545059588e-18 - 1)).toBeLessThanOrEqual(4 * 2 ** -52);
  expect(logAddExp([-Math.LN2], [-Math.LN2]).toArray()).toEqual([2.3190468138462996e-17]);
  expect(logMeanExp([1.0986122886681098, -800, -800]).toArray()).toBe(9.07129723500153e-17);
});

test('factors that cancel the maximum, or each other', () => {
  expect(logSumExp([-Math.LN2], { b: [2] }).toArray()).toBe(2.3190468138462996e-17);
  const y = logSumExp([-Math.LN2, 0], { b: [3, -0.5] }).toArray() as number;
  expect(Math.abs(y / 3.478570220769449e-17 - 1)).toBeLessThanOrEqual(4 * 2 ** -52);
});

test.each([
  ['+inf', [0, 1], [inf, 1], inf, 1],
  ['−inf', [0, 1], [-inf, 1], inf, -1],
  ['opposed', [0, 1], [inf, -inf], nan, nan],
  ['of nothing', [-inf, 1], [inf, 1], nan, nan],
])('an infinite factor, %s', (_, x, b, wanted, sign) => {
  const got = logSumExp(x, { b, returnSign: true });
  expect([got.y.toArray(), got.sign.toArray()]).toEqual([wanted, sign]);
});

test('prefixes that cancel their maximum', () => {
  expect(logCumSumExp([0.25, 0.25, 0.25, 0.25].map(Math.log)).toArray()).toEqual([
    -1.3862943611198906,
    -Math.LN2,
    -0.2876820724517809,
    4.638093627692599e-17,
  ]);
});

test('a mean whose one term is lost in log1p(1/n − 1)', () => {
  const x = new Float64Array(1_000_001).fill(-800);
  x[7] = 0;
  expect(logMeanExp(x).toArray()).toBe(-13.815511557963774);
});

test('a state that rounds at each new maximum', () => {
  const x = Array.from({ length: 20000 }, (_, k) => k * 0.001);
  expect(logSumExpState.value(of(x))).toBe(26.90725523525432);
  const halves = rowState.merge(rowState.of(x.slice(0, 9000), 0, 0), rowState.of(x.slice(9000), 9000, 0));
  for (const state of [rowState.of(x, 0, 0), halves]) {
    const { logSumExp: lse, entropy, crossEntropy } = rowState.value(state, 1);
    expect([lse, entropy, crossEntropy]).toEqual([26.90725523525432, 7.9077552773645765, 16.907755235254317]);
  }
});

test('capped logits that differ by less than an ulp of the cap', () => {
  const options = { softcap: 30 };
  expect(softmax([100, 400, 390], options).toArray()).toEqual([
    0.3166071478852176, 0.34169642608287487, 0.34169642603190753,
  ]);
  expect(logSoftmax([100, 400, 390], options).toArray()).toEqual([
    -1.150093554767917, -1.073832579140421, -1.0738325792895809,
  ]);
});

test('the slope of a cap, 1 − tanh², where that is 0', () => {
  // dy = [1, 0] at equal probabilities: ¼·sech²(500/30).
  const [up, down] = softmaxGrad([500, 500], [1, 0], { softcap: 30 }).toArray() as [number, number];
  expect(Math.abs((4 * up) / 1.3352951181459935e-14 - 1)).toBeLessThanOrEqual(4 * 2 ** -52);
  expect(down).toBe(-up);
});

test('a computed logit that is rounded before its exponential', () => {
  const p = hierarchicalSoftmax([100.1, -99.3, 3.7], [[0.37, 0.11, -3.3]], nestedTree([0, 1]));
  expect(p.toArray()).toEqual([0.9999990846880633, 9.153119367278493e-7]);
});

test.each([
  [1.75, [0, 0.9, -0.3], [0.1346138981745402, 0.8653861018254598, 0]],
  [4, [0, 0.2, 0.3], [0, 0.30925354539993977, 0.6907464546000602]],
  [1.25, [0, 1, 2.8], [0.0060009683137940886, 0.07791323058473501, 0.9160858011014709]],
  // SEMANTICS §11 gives .32600736636, from software that bisects.
  [1.5, [-2, 0, 0.5], [0, 0.3260073636615618, 0.6739926363384382]],
])('a threshold of entmax %d that is only as good as float64', (alpha, x, wanted) => {
  expect(entmax(x, { alpha }).toArray()).toEqual(wanted);
});
