import { round } from '../judge/float.ts';
import { judge, worst } from '../judge/judge.ts';
import { type SignedExample, signedLogSumExp } from '../oracle/signed-log-sum-exp.ts';
import { read, shaped } from '../plan/trial.ts';
import { callOf } from './log-sum-exp.ts';
import type { Operation } from './operation.ts';

/** Terms b·e^x, in any numbers. One row of float32 by default, and with its sign. */
export interface SignedTerms extends Partial<Omit<SignedExample, 'x' | 'b'>> {
  readonly x: readonly number[];
  readonly b: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

function prepared({ x, b, dy, dtype = 'float32', shape = [x.length], where: _, ...rest }: SignedTerms) {
  const exact = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const { returnSign = true } = rest;
  const example: SignedExample = { ...rest, x: exact(x), b: exact(b), shape, dtype, returnSign };
  const { input, options, outer } = callOf(example);
  const g = exact(
    dy ?? Array.from({ length: outer.reduce((a, c) => a * c, 1) }, (_v, k) => 1 - (k % 5) / 2.5),
  );
  return {
    dtype,
    shape,
    outer,
    input,
    returnSign,
    options: { ...options, b: shaped(example.b, shape, dtype) },
    dy: shaped(g, outer, dtype),
    expected: signedLogSumExp(example, g),
  };
}

export const forward: Operation<SignedTerms> = {
  op: 'logSumExp',
  kernel: 'signedLogSumExp',
  async judge({ softmax, ...trial }, terms, where) {
    const { dtype, outer, input, options, returnSign, expected } = prepared(terms);
    if (!returnSign) {
      const y = await softmax.logSumExp(input, options);
      return judge(await read(y, dtype, outer), expected.y, trial, where);
    }
    const { y, sign } = await softmax.logSumExp(input, { ...options, returnSign });
    return worst([
      judge(await read(y, dtype, outer), expected.y, trial, where),
      judge(await read(sign, dtype, outer), expected.sign, trial, `the sign of ${where}`),
    ]);
  },
};

export const backward: Operation<SignedTerms> = {
  op: 'logSumExpGrad',
  kernel: 'signedLogSumExpGrad',
  async judge({ softmax, ...trial }, terms, where) {
    const { dtype, shape, input, options, returnSign, dy, expected } = prepared(terms);
    const { dx, db } = await softmax.logSumExpGrad(input, dy, { ...options, returnSign });
    return worst([
      judge(await read(dx, dtype, shape), expected.dx, trial, `dx of ${where}`),
      judge(await read(db, dtype, shape), expected.db, trial, `db of ${where}`),
    ]);
  },
};
