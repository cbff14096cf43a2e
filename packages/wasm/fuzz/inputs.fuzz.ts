import { type Backend, createSoftmax, type Mode } from '@softmax/core';
import { wasm } from '@softmax/wasm';
import { attempt, type FuzzTarget } from '../../core/fuzz/attempt.ts';
import { choices } from '../../core/fuzz/hostile.ts';

const own = await wasm();
// The workspace is made by the first call.
createSoftmax(own).softmax(Float32Array.of(1, 2)).dispose();
const on = { backend: own as unknown as Backend<unknown, Mode>, used: () => own.bytes.used };

const targets: { readonly [name: string]: FuzzTarget } = {
  'values and options of wasm': {
    make: (random) => attempt(on, choices(random)),
    run: (call) => call(),
  },
};

export default targets;
