import { type Backend, cpu, type Mode } from '@softmax/core';
import { attempt, type FuzzTarget } from './attempt.ts';
import { choices } from './hostile.ts';

const backend = cpu() as unknown as Backend<unknown, Mode>;
let count = 0;
/** The reference behind promises, which counts its buffers. */
const promised = {
  ...backend,
  mode: 'async',
  memory: {},
  kernels: Object.fromEntries(
    Object.entries(backend.kernels).map(([name, kernel]) => [
      name,
      async (problem: never, inputs: never) => {
        const outputs = await kernel?.(problem, inputs);
        count += Object.keys(outputs ?? {}).length;
        return outputs;
      },
    ]),
  ),
  upload: (data: unknown) => {
    count++;
    return data;
  },
  download: async (buffer: unknown) => buffer,
  free: () => {
    count--;
  },
} as unknown as Backend<unknown, Mode>;

const targets: { readonly [name: string]: FuzzTarget } = {
  'values and options of core': {
    make: (random) => attempt({ backend, used: () => 0 }, choices(random)),
    run: (call) => call(),
  },
  'values and options of an asynchronous backend': {
    make: (random) => attempt({ backend: promised, used: () => count }, choices(random)),
    run: (call) => call(),
  },
};

export default targets;
