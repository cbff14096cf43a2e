import type { Backend, Done, Mode } from '../contract/backend.ts';
import type { Call } from '../contract/call.ts';
import { isDirect, runDirect } from './direct.ts';
import { lowered, lowerSteps, type Operation } from './lower.ts';
import type { Results } from './results.ts';
import { type AnyBackend, callSteps, type Steps } from './steps.ts';

/**
 * Runs a call, made by one of the operations of `@softmax/core/ops`, on a backend.
 *
 * @throws {SoftmaxError} UNSUPPORTED: a kernel or a type that the backend does not have;
 * FOREIGN_TENSOR, DISPOSED
 * @example
 * ```ts
 * import * as ops from '@softmax/core/ops';
 * run(cpu(), ops.softmax([0, 0])).toArray(); // [0.5, 0.5]
 * ```
 */
export function run<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  call: Call<R>,
): Done<Results<R, M>, M> {
  return runOperation(backend, () => call, []);
}

/**
 * Lowers an operation and runs its call. The two drivers are the only difference between the modes.
 */
export function runOperation<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  operation: (...args: unknown[]) => Call<R>,
  args: readonly unknown[],
): Done<Results<R, M>, M> {
  const on = erased(backend);
  return (on.mode === 'sync' ? runNow : runLater)(on, operation, args) as Done<Results<R, M>, M>;
}

/** Runs an operation on a synchronous backend, without the code of asynchronous calls. */
export const runBound = <B>(
  backend: Backend<B, 'sync'>,
  operation: Operation,
  args: readonly unknown[],
): unknown => runNow(erased(backend), operation, args);

const erased = <B, M extends Mode>(backend: Backend<B, M>): AnyBackend => backend as unknown as AnyBackend;

function runNow(on: AnyBackend, operation: Operation, args: readonly unknown[]): unknown {
  const call = lowered(on, operation, args);
  return isDirect(call) ? runDirect(on, call) : now(callSteps(on, call));
}

/**
 * Everything before the first awaited value runs at once: the caller may write to its arrays after
 * the call.
 */
const runLater = (on: AnyBackend, operation: Operation, args: readonly unknown[]): Promise<unknown> =>
  later(steps(on, operation, args));

function* steps(on: AnyBackend, operation: Operation, args: readonly unknown[]): Steps<unknown> {
  return yield* callSteps(on, yield* lowerSteps(on, operation, args));
}

/** Resumes each step with the value that it yielded. */
function now<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next(step.value as never);
  return step.value;
}

/**
 * Resumes each step with the settled value that it yielded; a rejection is thrown into the steps.
 */
async function later<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value as never);
  }
  return step.value;
}
