import type { Done, Mode } from '../contract/backend.ts';
import type { Call } from '../contract/call.ts';
import type { Tensor } from '../contract/tensor.ts';
import type { Results } from './results.ts';

type Arguments<A extends readonly unknown[], M extends Mode> = {
  [I in keyof A]: [Tensor] extends [A[I]] ? Exclude<A[I], Tensor> | Tensor<M> : A[I];
};
type One<A extends readonly unknown[], R extends string, M extends Mode> = (
  ...args: Arguments<A, M>
) => Done<Results<R, M>, M>;

/**
 * An operation on a backend: takes the arguments of its lowering and returns the results instead of
 * the call. It may have two overloads.
 */
export type Method<F, M extends Mode> = F extends {
  (...args: infer A): Call<infer R>;
  (...args: infer B): Call<infer S>;
}
  ? unknown[] extends A
    ? One<B, S, M>
    : One<A, R, M> & One<B, S, M>
  : never;
