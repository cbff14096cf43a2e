import { type Backend, cpu, cpuKernels, type Host } from '@softmax/core';

/** The CPU reference, with every buffer counted from its making to its end; what the demo does not call is not there. */
export function counting(): {
  readonly backend: Backend<Host, 'sync'>;
  readonly live: () => number;
  readonly made: () => number;
} {
  const held = new Set<Host>();
  let made = 0;
  const hold = <T extends Host>(buffer: T): T => {
    held.add(buffer);
    made++;
    return buffer;
  };
  const { softmax, crossEntropy, crossEntropyGrad } = cpuKernels;
  const base = cpu();
  const backend: Backend<Host, 'sync'> = {
    ...base,
    kernels: {
      softmax: (...args) => ({ y: hold(softmax(...args).y) }),
      crossEntropy: (...args) => ({ loss: hold(crossEntropy(...args).loss) }),
      crossEntropyGrad: (...args) => {
        const { loss, dx } = crossEntropyGrad(...args);
        return { loss: hold(loss), dx: hold(dx) };
      },
    },
    // A copy: the same array may be lent twice.
    upload: (data, dtype) => hold(base.upload(data.slice(), dtype)),
    free(buffer) {
      if (!held.delete(buffer)) throw new Error('freed twice, or never made');
      base.free(buffer);
    },
  };
  return { backend, live: () => held.size, made: () => made };
}
