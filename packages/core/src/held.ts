import type { Backend, Mode } from './backend.ts';
import type { Call, Operand, Result } from './call.ts';
import type { DType, Host } from './dtype.ts';
import { bare, filled } from './results.ts';
import { permute, restore } from './strides.ts';
import { Tensor } from './tensor.ts';

export type Buffers = Record<string, unknown>;

/** What most calls have to say of their inputs and results. */
const NONE: readonly string[] = [];

interface Failure {
  readonly error: unknown;
}

/** A call on its way: what its kernel is given, and what must be given back whatever happens. */
export class Held {
  readonly #on: Backend<unknown, Mode>;
  readonly #call: Call;
  /** Tensors kept from being freed, and buffers made for this call. */
  readonly #tensors: Tensor[] = [];
  readonly #lent: unknown[] = [];
  readonly inputs: Buffers = {};
  /** What the kernel gave, until it is the user's. */
  given: Buffers = {};

  /** Foreign and disposed tensors are refused before anything is uploaded. */
  constructor(on: Backend<unknown, Mode>, call: Call) {
    this.#on = on;
    this.#call = call;
    const { inputs, unused } = call;
    for (const name in inputs) {
      const operand = inputs[name];
      if (operand) this.#refuse(operand);
    }
    if (unused) for (const operand of unused) this.#refuse(operand);
  }

  #refuse({ from }: Operand): void {
    if (from instanceof Tensor) Tensor.buffer(from, this.#on);
  }

  #check(name: string) {
    const { guard } = this.#call;
    return guard?.input === name ? guard.check : undefined;
  }

  #lend(name: string, data: Host, dtype: DType): void {
    const buffer = this.#on.upload(data, dtype);
    this.#lent.push(buffer);
    this.inputs[name] = buffer;
  }

  /** Gathers the inputs; those are told that the host must read: tensors to check, or whose axes must be moved. */
  gather(): readonly string[] {
    let away: readonly string[] = NONE;
    const { inputs, guard } = this.#call;
    for (const name in inputs) {
      const operand = inputs[name];
      if (!operand) continue;
      const { from, order } = operand;
      if (!(from instanceof Tensor)) {
        // Between an asynchronous call and its end the caller may write to what it passed in.
        const copied = !order && this.#on.mode === 'async' && !from.lasting;
        this.place(name, copied ? from.data.slice() : from.data);
        continue;
      }
      this.inputs[name] = Tensor.acquire(from, this.#on);
      this.#tensors.push(from);
      if (order || guard?.input === name) away = [...away, name];
    }
    return away;
  }

  /** Checks the values of an input, and moves its axes. */
  place(name: string, data: Host): void {
    const { from, order } = this.#call.inputs[name] as Operand;
    this.#check(name)?.(data);
    if (order) this.#lend(name, permute(data, from.shape, order), from.dtype);
    else if (!(from instanceof Tensor)) this.#lend(name, data, from.dtype);
  }

  /** Takes what the kernel gave, gives back what nobody asked for, and tells the results whose axes must be moved back. */
  take(given: Buffers): readonly string[] {
    this.given = given;
    const { results } = this.#call;
    let moved: readonly string[] = NONE;
    for (const name of Object.keys(given)) {
      const result = results[name];
      if (!result) this.#drop(name);
      else if (result.order) moved = [...moved, name];
    }
    return moved;
  }

  /** Moves the axes of a result, whose values these are. */
  restore(name: string, data: Host): void {
    const { shape, dtype, order } = this.#call.results[name] as Result;
    this.#drop(name);
    if (order) this.given[name] = this.#on.upload(restore(data, shape, order), dtype);
  }

  #drop(name: string): void {
    const { [name]: buffer, ...rest } = this.given;
    this.given = rest;
    this.#on.free(buffer);
  }

  /** The results of a call that has nothing to compute. */
  fill(): void {
    const { results } = this.#call;
    for (const name in results) {
      const result = results[name] as Result;
      this.given[name] = this.#on.upload(filled(this.#call, name, result), result.dtype);
    }
  }

  /** What is given as tensors, in the order of the call, whatever that of the backend; all else is given back. */
  finish(): unknown {
    const { results } = this.#call;
    const made: Record<string, Tensor> = {};
    for (const name of Object.keys(results)) {
      const { dtype, shape } = results[name] as Result;
      if (name in this.given) made[name] = new Tensor(this.#on, this.given[name], dtype, shape);
    }
    const failure = this.#release();
    if (failure) throw each(Object.values(made), (tensor) => tensor.dispose(), failure)?.error;
    return bare(made);
  }

  /** Gives everything back, and throws what failed. */
  fail(error: unknown): never {
    throw each(Object.values(this.given), (buffer) => this.#on.free(buffer), this.#release({ error }))?.error;
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
