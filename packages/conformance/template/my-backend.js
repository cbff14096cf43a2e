// A backend of your own, to begin with. It brings one kernel, softmax, and borrows the others from the reference.
//
//   npx softmax check --backend ./my-backend.js --quick     while you work on it
//   npx softmax check --backend ./my-backend.js             when you think that it is right
//
// Delete the borrowed kernels when you are done: what is absent is refused, which is fine, and shown as such.
import { cpu, cpuKernels } from '@softmax/core';

/**
 * A kernel gets one problem that is valid already, and buffers; it changes none of them, and returns new ones.
 * Element k of row (o, i) sits at (o · n + k) · inner + i.
 */
function softmax(problem, inputs) {
  const { outer, n, inner, dtype, temperature, softcap, negate } = problem;
  const { x, mask, sink, temperature: temperatures } = inputs;
  // What this kernel does not do itself yet, the reference does.
  if (mask || sink || temperatures || temperature !== 1 || softcap || negate || dtype !== 'float32')
    return cpuKernels.softmax(problem, inputs);

  const y = new Float32Array(x.length);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const at = (k) => (o * n + k) * inner + i;
      let max = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < n; k++) max = Math.max(max, x[at(k)]);
      // A row of −inf alone holds nothing to normalise: what it becomes is an option of the call.
      if (max === Number.NEGATIVE_INFINITY) return cpuKernels.softmax(problem, inputs);
      let sum = 0;
      for (let k = 0; k < n; k++) sum += Math.exp(x[at(k)] - max);
      for (let k = 0; k < n; k++) y[at(k)] = Math.exp(x[at(k)] - max) / sum;
    }
  return { y };
}

/** The suite calls it for a backend; it may be async. A backend that exists once can be exported itself. */
export default function myBackend() {
  return {
    // Buffers of the reference are typed arrays. One with buffers of its own, say on a device, says how numbers get
    // there and back: upload(data, dtype), download(buffer), free(buffer); `mode: 'async'` if these take time.
    ...cpu(),
    name: 'my-backend',
    kernels: { ...cpuKernels, softmax },
    // What you promise: S1 standard, S2 strict, S3 exact. A check that your platform cannot pass is declared, too:
    // deviations: [{ check: 'special/softmax/subnormals', reason: 'the GPU flushes them' }]
    claims: { level: 'S3' },
  };
}
