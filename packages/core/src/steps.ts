import type { Mode } from './backend.ts';

/** A computation that waits at each `yield`: written once, driven with or without promises. */
export type Steps<T> = Generator<unknown, T, unknown>;

/** Waits for a value that a backend gives at once or later. */
export function* wait<T>(value: T | Promise<T>): Steps<T> {
  return (yield value) as T;
}

/** The whole of the sync/async difference. What an asynchronous computation throws, it rejects with. */
export function drive<T>(mode: Mode, steps: Steps<T>): T | Promise<T> {
  return mode === 'sync' ? now(steps) : later(steps);
}

function now<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next(step.value);
  return step.value;
}

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
    step = steps.next(value);
  }
  return step.value;
}
