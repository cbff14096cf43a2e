import type { Done, Mode } from './backend.ts';
import type { Call } from './call.ts';
import type { Results } from './run.ts';
import type { Tensor } from './tensor.ts';

type Arguments<A extends readonly unknown[], M extends Mode> = {
  [I in keyof A]: [Tensor] extends [A[I]] ? Exclude<A[I], Tensor> | Tensor<M> : A[I];
};

/** An operation on a backend: what its lowering takes, and the results instead of the call. */
export type Method<F, M extends Mode> = F extends (...args: infer A) => Call<infer R>
  ? (...args: Arguments<A, M>) => Done<Results<R, M>, M>
  : never;
