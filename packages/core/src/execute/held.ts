import type { Backend, Mode } from '../contract/backend.ts';
import type { Call, Operand, Result } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import type { Host } from '../layout/dtype.ts';
import { permute, restore } from '../layout/strides.ts';
import { type Buffers, filled, whole } from './results.ts';

interface Failure {
  readonly error: unknown;
}

/**
 * The tensors of a call among the inputs of its kernel, foreign and disposed ones refused before anything is uploaded;
 * whether they are all that it needs, each in place.
 */
export function inPlace(on: Backend<unknown, Mode>, call: Call, to: Buffers): boolean {
  const { inputs, unused, guard, fill } = call;
  let all = !guard && fill === undefined;
  for (const name in inputs) {
    const operand = inputs[name];
    if (!operand) continue;
    const { from, order } = operand;
    if (from instanceof Tensor) to[name] = Tensor.buffer(from, on);
    else all = false;
    if (order) all = false;
  }
  if (unused) for (const { from } of unused) if (from instanceof Tensor) Tensor.buffer(from, on);
  return all;
}

/** Gives back what a kernel gave and nobody asked for; where that fails, the rest too. */
export function freeSpare(on: Backend<unknown, Mode>, results: Call['results'], given: Buffers): void {
  let spare = 0;
  for (const _ in given) spare++;
  for (const _ in results) spare--;
  if (spare === 0) return;
  const free = (name: string) => on.free(given[name]);
  const others = Object.keys(given).filter((name) => !results[name]);
  const failure = each(others, free);
  if (failure) throw each(Object.keys(results), free, failure)?.error;
}

/** A call on its way: what its kernel is given, and what must be given back whatever happens. */
export class Held {
  readonly #on: Backend<unknown, Mode>;
  readonly #call: Call;
  /** Tensors kept from being freed, and buffers made for this call. */
  readonly #tensors: Tensor[] = [];
  readonly #lent: unknown[] = [];
  readonly inputs: Buffers;
  /** What the kernel gave, until it is the user's. */
  given: Buffers = {};

  constructor(on: Backend<unknown, Mode>, call: Call, inputs: Buffers) {
    this.#on = on;
    this.#call = call;
    this.inputs = inputs;
  }

  /** Gathers the inputs; those are told that the host must read: tensors to check, or whose axes must be moved. */
  gather(): readonly string[] {
    const away: string[] = [];
    const { inputs, guard } = this.#call;
    for (const name in inputs) {
      const operand = inputs[name];
      if (!operand) continue;
      const { from, order } = operand;
      if (from instanceof Tensor) {
        this.inputs[name] = Tensor.acquire(from, this.#on);
        this.#tensors.push(from);
        if (order || guard?.input === name) away.push(name);
      } else if (from.seeded && !order && this.#on.gumbelNoise)
        this.#lend(name, this.#on.gumbelNoise(from.seeded));
      // Between an asynchronous call and its end the caller may write to what it passed in.
      else if (!order && this.#on.mode === 'async' && !from.lasting) this.place(name, from.data.slice());
      else this.place(name, from.data);
    }
    return away;
  }

  /** Checks the values of an input, and moves its axes. */
  place(name: string, data: Host): void {
    const { inputs, guard } = this.#call;
    const { from, order } = inputs[name] as Operand;
    if (guard?.input === name) guard.check(data);
    if (from instanceof Tensor && !order) return;
    this.#lend(name, this.#on.upload(order ? permute(data, from.shape, order) : data, from.dtype));
  }

  #lend(name: string, buffer: unknown): void {
    this.#lent.push(buffer);
    this.inputs[name] = buffer;
  }

  /** Takes what the kernel gave, and tells the results whose axes must be moved back. */
  take(given: Buffers): readonly string[] {
    const { results } = this.#call;
    freeSpare(this.#on, results, given);
    const names = Object.keys(results);
    for (const name of names) this.given[name] = given[name];
    return names.filter((name) => results[name]?.order);
  }

  /** Moves the axes of a result, whose values these are. */
  restore(name: string, data: Host): void {
    const { shape, dtype, order } = this.#call.results[name] as Result;
    const buffer = this.given[name];
    delete this.given[name];
    this.#on.free(buffer);
    this.given[name] = this.#on.upload(restore(data, shape, order as readonly number[]), dtype);
  }

  /** The results of a call that has nothing to compute. */
  fill(): void {
    const { results } = this.#call;
    for (const name in results) {
      const result = results[name] as Result;
      this.given[name] = this.#on.upload(filled(this.#call, name, result), result.dtype);
    }
  }

  /** The results, once all else is given back. */
  finish(): unknown {
    const failure = this.#release();
    if (failure) throw this.#refused(failure);
    return whole(this.#on, this.#call.results, this.given);
  }

  /** Gives everything back, and throws what failed. */
  fail(error: unknown): never {
    throw this.#refused(this.#release({ error }));
  }

  #refused(failure: Failure | undefined): unknown {
    return each(Object.values(this.given), (buffer) => this.#on.free(buffer), failure)?.error;
  }

  #release(first?: Failure): Failure | undefined {
    return each(this.#lent, (buffer) => this.#on.free(buffer), each(this.#tensors, Tensor.release, first));
  }
}

/** Does it to all, whatever fails, and tells the first failure: `first`, where one came before. */
function each<T>(items: readonly T[], action: (item: T) => void, first?: Failure): Failure | undefined {
  let failure = first;
  for (const item of items)
    try {
      action(item);
    } catch (error) {
      failure ??= { error };
    }
  return failure;
}
