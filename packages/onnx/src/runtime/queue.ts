/** Runs tasks one at a time, in their order of arrival. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}

const queues = new WeakMap<object, Queue>();

/** The single queue of a runtime, shared by every backend on it. */
export function queueOf(runtime: object): Queue {
  const queue = queues.get(runtime) ?? new Queue();
  queues.set(runtime, queue);
  return queue;
}
