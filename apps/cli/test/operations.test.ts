import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  adaptiveSoftmax,
  balancedTree,
  crossEntropy,
  hierarchicalLoss,
  hierarchicalTopK,
  huffmanTree,
  klDivergence,
  logAddExp,
  logSumExpGrad,
  nestedTree,
  oneHot,
} from '@softmax/core';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../src/operations/operations.ts';
import { ARGUMENTS, OPTIONS } from '../src/operations/options.ts';
import { folder } from './golden.ts';
import { inProcess } from './run.ts';
import { safetensors } from './safetensors.ts';

const h = [
  [1, -2],
  [0.5, 3],
];
const w = [
  [0.1, 0.2],
  [-0.3, 0.4],
  [0.5, -0.6],
];
const p = [[0.25, 0.75]];
const q = [[0.5, 0.5]];
const FILES = {
  h,
  w,
  p,
  q,
  y: [2, 0],
  dy: [[1], [2]],
  nested: [
    [0, 1],
    [2, 3],
  ],
  counts: [5, 1, 1, 3],
};
const parameters = {
  cutoffs: [1],
  head: [
    [1, 0],
    [0, 1],
  ],
  tails: [{ projection: [[1, 1]], weight: [[1], [2]] }],
};

test.each([
  [
    'hierarchicalLoss',
    'h',
    ['--weights', 'w', '--target', 'y', '--tree', 'balanced:4'],
    () => hierarchicalLoss(h, w, [2, 0], balancedTree(4)).toArray(),
  ],
  [
    'hierarchicalLoss',
    'h',
    ['--weights', 'w', '--target', 'y', '--tree', 'huffman:counts'],
    () => hierarchicalLoss(h, w, [2, 0], huffmanTree([5, 1, 1, 3])).toArray(),
  ],
  [
    'hierarchicalTopK',
    'h',
    ['--weights', 'w', '--tree', 'nested', '--k', '2', '--result', 'classes'],
    () =>
      hierarchicalTopK(
        h,
        w,
        nestedTree([
          [0, 1],
          [2, 3],
        ]),
        2,
      ).classes.toArray(),
  ],
  ['klDivergence', 'p', ['--q', 'q'], () => klDivergence(p, q).toArray()],
  ['logAddExp', 'p', ['--b', 'q'], () => logAddExp(p, q).toArray()],
  [
    'logSumExpGrad',
    'h',
    ['--dy', 'dy', '--keep-dims'],
    () => logSumExpGrad(h, [[1], [2]], { keepDims: true }).toArray(),
  ],
  [
    'oneHot',
    'y',
    ['--depth', '3', '--dtype', 'float64'],
    () => oneHot([2, 0], 3, { dtype: 'float64' }).toArray(),
  ],
  [
    'crossEntropy',
    'p',
    ['--probabilities', 'q', '--normalized'],
    () => crossEntropy(p, { probabilities: q, normalized: true }).toArray(),
  ],
  [
    'crossEntropy',
    'h',
    ['--target', 'one', '--weight', '1,2'],
    () => crossEntropy(h, [1, 0], { weight: [1, 2] }).toArray(),
  ],
] as const)('%s of %s %j is what core gives', async (op, input, options, expected) => {
  const where = await folder();
  const files: { readonly [name: string]: unknown } = { ...FILES, one: [1, 0] };
  for (const [name, value] of Object.entries(files))
    await writeFile(join(where, `${name}.json`), JSON.stringify(value));
  const at = (name: string) => join(where, `${name}.json`);
  const args = options.map((each) =>
    each in files ? at(each) : each.replace(/^huffman:(.+)/, (_, name: string) => `huffman:${at(name)}`),
  );
  const { code, out, err } = await inProcess(['run', op, at(input), ...args, '--json']);
  expect([code, err, JSON.parse(out)]).toEqual([0, '', expected()]);
});

test('the parameters of adaptive softmax are read by the names of their gradients', async () => {
  const where = await folder();
  await writeFile(join(where, 'h.json'), JSON.stringify(h));
  const made = { head: parameters.head, projection0: [[1, 1]], tail0: [[1], [2]] };
  await writeFile(join(where, 'p.safetensors'), safetensors(made));
  const args = [
    'run',
    'adaptiveSoftmax',
    join(where, 'h.json'),
    '--parameters',
    join(where, 'p.safetensors'),
    '--json',
  ];
  const { code, out } = await inProcess(args);
  expect([code, JSON.parse(out)]).toEqual([0, adaptiveSoftmax(h, parameters).toArray()]);
});

test('no option is described that no operation has', () => {
  const used = Object.values(OPERATIONS).flatMap((each) => [...each.options, ...each.arguments]);
  for (const name of [...Object.keys(OPTIONS), ...Object.keys(ARGUMENTS)]) expect(used).toContain(name);
});
