import type { Backend, KernelTable, Mode } from '@softmax/core';

type AnyKernel = (problem: unknown, inputs: unknown) => object | Promise<object>;

/** A backend that counts its buffers, and the mistakes in their use. */
export interface Counting {
  readonly backend: Backend<unknown, Mode>;
  /** Buffers that were created and not freed. */
  live(): number;
  readonly faults: readonly string[];
}

/**
 * Returns the backend with its uploads, results and frees counted; `fail` makes every kernel fail
 * after it was called.
 */
export function counting(backend: Backend<unknown, Mode>, fail?: Error): Counting {
  const uses = new Map<unknown, number>();
  const faults: string[] = [];
  const made = (buffer: unknown): void => void uses.set(buffer, (uses.get(buffer) ?? 0) + 1);
  const counted = (buffer: unknown): unknown => {
    made(buffer);
    return buffer;
  };
  const { gumbelNoise } = backend;
  const results = (outputs: object): object => {
    for (const [name, buffer] of Object.entries(outputs)) {
      if (uses.get(buffer)) faults.push(`the result ${name} is a buffer already in use`);
      made(buffer);
    }
    if (fail) throw fail;
    return outputs;
  };
  const wrap =
    (kernel: AnyKernel): AnyKernel =>
    (problem, inputs) => {
      const outputs = fail ? {} : kernel(problem, inputs);
      if (outputs instanceof Promise) return outputs.then(results);
      return backend.mode === 'sync' ? results(outputs) : Promise.resolve(outputs).then(results);
    };
  const kernels = Object.entries(backend.kernels).map(([name, kernel]) => [name, wrap(kernel as AnyKernel)]);
  const wrapped: Backend<unknown, Mode> = {
    ...backend,
    kernels: Object.fromEntries(kernels) as KernelTable<unknown, Mode>,
    upload: (data, dtype) => counted(backend.upload(data, dtype)),
    gumbelNoise: gumbelNoise && ((noise) => counted(gumbelNoise(noise))),
    download: (buffer) => backend.download(buffer),
    free(buffer) {
      const left = (uses.get(buffer) ?? 0) - 1;
      if (left < 0) faults.push('a buffer freed twice, or one that was never made');
      else if (left === 0) uses.delete(buffer);
      else uses.set(buffer, left);
      backend.free(buffer);
    },
  };
  return { backend: wrapped, live: () => [...uses.values()].reduce((a, b) => a + b, 0), faults };
}
