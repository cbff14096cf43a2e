import { poisoned } from '@softmax/conformance';
import { createSoftmax, type Softmax } from '@softmax/core';
import { expect, test } from 'vitest';
import { type WasmBuffer, wasm } from '../src/index.ts';
import { logits } from './logits.ts';
import { CALLS, type Extent, given, MODULES } from './own-kernels.ts';

/** On both sides of blocks and of what columns are walked in; for threads, of more values than one solves alone. */
const EXTENTS: readonly (readonly [threads: number, extents: readonly Extent[]])[] = [
  [
    1,
    [
      [3, 5, 1],
      [3, 2049, 1],
      [2, 19, 8],
      [1, 9, 1029],
    ],
  ],
  [
    3,
    [
      [65, 2049, 1],
      [1, 99, 1327],
    ],
  ],
];
const THREADS = [1, 3];

test.each(MODULES.flatMap((module) => EXTENTS.map((of) => [...module, ...of] as const)))(
  '%s, relaxed %s, %d threads: no result depends on what memory held',
  async (dtype, relaxed, threads, extents) => {
    const backend = await wasm({ relaxed, threads });
    const sm = createSoftmax(poisoned(backend));
    for (const extent of extents) {
      const inputs = given(sm, dtype, extent);
      for (const call of Object.values(CALLS)) for (const tensor of call(sm, inputs)) tensor.dispose();
      for (const tensor of [inputs.x, inputs.dy, inputs.target, inputs.perRow]) tensor.dispose();
    }
    backend.dispose();
  },
);

const LONG = 2 ** 18 + 5;
const BLOCK = 2048;
/** The logits of the blocks that a long row ends with: impossible, far below, or all but. */
const ENDS = [Number.NEGATIVE_INFINITY, -3.4028235e38, -1e9, -300, -150];

test.each(THREADS)(
  '%d threads: nor does one of a row with blocks that have no part in it',
  async (threads) => {
    const backend = await wasm({ threads });
    const sm: Softmax<WasmBuffer, 'sync'> = createSoftmax(poisoned(backend));
    for (const n of threads > 1 ? [LONG] : [3 * BLOCK])
      for (const end of ENDS) {
        const x = logits(n).fill(end, n >> 1);
        x[1] = -1000;
        const dy = logits(n, 1, 0.3);
        const mask = new Uint8Array(n).fill(1).fill(0, BLOCK, 2 * BLOCK);
        const batch = { data: x, shape: [1, n] };
        const likely = { probabilities: { data: new Float32Array(n).fill(1 / n), shape: [1, n] } };
        for (const options of [{}, { mask }])
          for (const tensor of [
            sm.softmax(x, options),
            sm.logSoftmax(x, options),
            sm.softmaxGrad(x, dy, options),
            sm.logSoftmaxGrad(x, dy, options),
            sm.logSumExp(x, options),
            sm.logSumExpGrad(x, 1e30, options),
            sm.gumbelSoftmaxGrad(x, dy, { ...options, seed: 1 }),
            ...Object.values(sm.crossEntropyGrad(batch, [0], options)),
            ...Object.values(sm.crossEntropyGrad(batch, [0], { ...options, labelSmoothing: 0.1 })),
            ...Object.values(sm.crossEntropyGrad(batch, likely, options)),
          ])
            tensor.dispose();
      }
    backend.dispose();
  },
);

test('memory is filled before use while it is poisoned, and not after', async () => {
  const backend = await wasm();
  backend.poison?.(0x7bff7bff);
  expect(backend.values(backend.empty([2]))[1]).toBe(new Float32Array(Uint32Array.of(0x7bff7bff).buffer)[0]);
  backend.poison?.(0);
  expect([...backend.values(backend.empty([3], 'float64'))]).toEqual([0, 0, 0]);
  backend.poison?.(undefined);
  const x = backend.empty([2]);
  backend.values(x)[0] = 7;
  x.dispose();
  expect(backend.values(backend.empty([2]))[0]).toBe(7);
});
