import { judge, worst } from '../../judge/judge.ts';
import {
  answer,
  type Backward,
  backward,
  exactly,
  type Forward,
  forward,
} from '../../operations/distribution.ts';
import { caseOf } from '../../operations/operation.ts';
import { type Case, needs } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';
import { buffers } from '../contract/buffers.ts';
import { emptyRowThrows } from '../contract/empty-row-throws.ts';
import { inputs } from '../contract/inputs.ts';
import { severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { withCotangent } from './places.ts';

const EVERY = {
  category: 'contract',
  name: 'every-axis',
  mistake:
    'the wrong axis or stride (onnxruntime #20710, #22176), or all axes after it flattened as before opset 13 (onnx #5655)',
} as const;
const SEVERAL = {
  category: 'contract',
  name: 'several-axes',
  mistake: 'axes that are not neighbours, taken as if they were',
} as const;

const shared = (op: Forward | Backward): readonly Case[] => [
  ...inputs(op),
  ...buffers(op),
  ...wrongCalls(op),
  emptyRowThrows(op),
];

export const contract = (op: Forward): readonly Case[] => [
  caseOf(forward(op), { ...EVERY, examples: singleAxes }),
  caseOf(forward(op), { ...SEVERAL, examples: severalAxes }),
  masks(op),
  ...shared(op),
];

export const contractGrad = (op: Backward): readonly Case[] => [
  caseOf(backward(op), { ...EVERY, examples: (trial) => withCotangent(trial, singleAxes) }),
  caseOf(backward(op), { ...SEVERAL, examples: (trial) => withCotangent(trial, severalAxes) }),
  ...shared(op),
];

/** Masks of fewer axes, and of axes of length 1, against the same mask written out. */
const masks = (op: Forward): Case => ({
  category: 'contract',
  op,
  name: 'mask-broadcast',
  mistake: 'a mask repeated along the wrong axis',
  needs: needs(op),
  async run(trial) {
    const x = [1, 2, 0.5, -1, 0, 3, 2, 2.5, 4, 1, -2, 0];
    const shape = [2, 2, 3];
    const [t, f] = [true, false];
    const given: readonly (readonly [object, (k: number) => boolean])[] = [
      [[t, f, t], (k) => k % 3 !== 1],
      [[[[t]], [[f]]], (k) => k < 6],
      [[[t], [f]], (k) => Math.floor(k / 3) % 2 === 0],
      [{ data: Uint8Array.of(0, 1, 1), shape: [1, 1, 3] }, (k) => k % 3 !== 0],
      [{ data: Float32Array.of(0, 2, 0.5), shape: [3] }, (k) => k % 3 !== 0],
      [{ data: [t], shape: [] }, () => true],
    ];
    const measures = [];
    for (const [mask, allowed] of given)
      for (const axis of [-1, 0, 1, null]) {
        const example = exactly({ x, shape, axis, mask: x.map((_, k) => allowed(k)) });
        const y = await trial.softmax[op](shaped(x, shape, 'float32'), {
          axis,
          mask: mask as readonly boolean[],
        });
        const where = `mask ${JSON.stringify(mask)}, axis ${axis}`;
        measures.push(judge(await read(y, 'float32', shape), answer(op, example), trial, where));
      }
    return worst(measures);
  },
});
