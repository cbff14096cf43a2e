import { huffmanTree } from '@softmax/core';
import { expect, test } from 'vitest';
import { toOnnx } from '../src/index.ts';

const LENGTHS = { cutoffs: [2], classes: 4, widths: [1] };

test.each([
  ['an operation that there is not', 'sofmax', {}, 'INVALID_OPTION'],
  ['an option that there is not', 'softmax', { temprature: 1 }, 'INVALID_OPTION'],
  ['an argument of another operation', 'softmax', { k: 1 }, 'INVALID_OPTION'],
  ['an axis out of range', 'softmax', { axis: 2 }, 'INVALID_AXIS'],
  ['a negative temperature', 'softmax', { temperature: -1 }, 'INVALID_OPTION'],
  ['a mask that is not an input', 'softmax', { mask: [true, false] }, 'INVALID_OPTION'],
  ['an axis that is an input', 'softmax', { axis: 'input' }, 'INVALID_OPTION'],
  ['an error that a model cannot throw', 'softmax', { emptyRow: 'throw' }, 'INVALID_OPTION'],
  ['an empty name for a dimension', 'softmax', { shape: [''] }, 'INVALID_OPTION'],
  ['a length below 1', 'softmax', { shape: [0] }, 'INVALID_OPTION'],
  ['an opset of another time', 'softmax', { opset: 12 }, 'INVALID_OPTION'],
  ['an opset that is not yet', 'softmax', { opset: 27 }, 'INVALID_OPTION'],
  ['a form that is none', 'softmax', { ir: 3 }, 'INVALID_OPTION'],
  ['a name for what there is not', 'softmax', { names: { z: 'logits' } }, 'INVALID_OPTION'],
  ['one name for two values', 'softmax', { names: { x: 'v', y: 'v' } }, 'INVALID_OPTION'],
  ['a float that is none', 'softmax', { dtype: 'int32' }, 'INVALID_OPTION'],
  ['a precision that there is not', 'softmax', { precision: 'best' }, 'INVALID_OPTION'],
  ['noise from a seed', 'gumbelSoftmax', { seed: 1 }, 'INVALID_OPTION'],
  ['a tree of one class', 'hierarchicalSoftmax', { tree: huffmanTree([1]) }, 'UNSUPPORTED'],
  ['a tree that is none', 'hierarchicalLoss', { tree: [0, 1] }, 'INVALID_INPUT'],
  ['no parameters', 'adaptiveLoss', {}, 'INVALID_OPTION'],
  ['parameters without lengths', 'adaptiveLoss', { parameters: { cutoffs: [2] } }, 'INVALID_OPTION'],
  [
    'cutoffs that fall',
    'adaptiveLoss',
    { parameters: { cutoffs: [2, 1], classes: 9, widths: [1, 1] } },
    'INVALID_OPTION',
  ],
  [
    'no class behind a cutoff',
    'adaptiveLoss',
    { parameters: { cutoffs: [2], classes: 2, widths: [1] } },
    'INVALID_OPTION',
  ],
  [
    'a width too few',
    'adaptiveLoss',
    { parameters: { cutoffs: [2, 3], classes: 9, widths: [1] } },
    'INVALID_OPTION',
  ],
  [
    'a length of another name',
    'adaptiveLoss',
    { parameters: { ...LENGTHS, bias: 'input' } },
    'INVALID_OPTION',
  ],
  ['a bias that is a value', 'adaptiveLoss', { parameters: { ...LENGTHS, headBias: [1] } }, 'INVALID_OPTION'],
  ['tails without the head', 'adaptiveLoss', { parameters: { ...LENGTHS, tails: [] } }, 'INVALID_OPTION'],
  [
    'a head without tails',
    'adaptiveLoss',
    { parameters: { cutoffs: [1], head: [[1], [2]] } },
    'INVALID_OPTION',
  ],
  [
    'a seed of hierarchical draws',
    'hierarchicalSample',
    { tree: huffmanTree([1, 1]), seed: 1 },
    'INVALID_OPTION',
  ],
  ['probabilities where classes are meant', 'sparsemaxLoss', { target: 'probabilities' }, 'INVALID_TARGET'],
])('%s is refused', (_, operation, options, code) => {
  expect(() => toOnnx(operation as 'softmax', options as object)).toThrow(expect.objectContaining({ code }));
});
