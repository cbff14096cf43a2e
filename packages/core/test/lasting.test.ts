import { expect, test } from 'vitest';
import { type Backend, balancedTree, cpu, cpuKernels, createSoftmax, type Host } from '../src/index.ts';

const later = (seen: Host[]): Backend<Host, 'async'> => ({
  ...cpu(),
  mode: 'async',
  upload: (data) => {
    seen.push(data);
    return data;
  },
  download: async (buffer) => buffer,
  kernels: {
    hierarchicalSoftmax: async (p, inputs) => cpuKernels.hierarchicalSoftmax(p, inputs),
    crossEntropy: async (p, inputs) => cpuKernels.crossEntropy(p, inputs),
  },
});

test("a tree's arrays reach an asynchronous backend as they are, the user's as copies", async () => {
  const seen: Host[] = [];
  const tree = balancedTree(4);
  const h = Float32Array.of(1);
  const weight = { data: new Float32Array(3), shape: [3, 1] };
  const pending = createSoftmax(later(seen)).hierarchicalSoftmax(h, weight, tree);
  h.fill(Number.NaN);
  expect(Array.from(await (await pending).data())).toEqual([0.25, 0.25, 0.25, 0.25]);
  for (const own of [tree.parents, tree.first, tree.rowOf, tree.classOf, tree.nodeOf])
    expect(seen).toContain(own);
  expect(seen).not.toContain(h);
  expect(seen).not.toContain(weight.data);
});

test('labels and weights written to after the call change nothing', async () => {
  const [target, tokenWeight] = [Int32Array.of(0, 1), Float32Array.of(1, 0)];
  const x = { data: Float32Array.of(0, 0, 5, 1), shape: [2, 2] };
  const pending = createSoftmax(later([])).crossEntropy(x, target, { tokenWeight });
  target.fill(1);
  tokenWeight.fill(1);
  expect(await (await pending).toArray()).toBe(Math.fround(Math.LN2));
});
