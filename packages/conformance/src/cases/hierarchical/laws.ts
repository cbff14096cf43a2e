import { type NestedTree, nestedTree } from '@softmax/core';
import fc from 'fast-check';
import { must, outputs } from '../../judge/outputs.ts';
import { nodesOf } from '../../oracle/tree.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { law } from '../../plan/law.ts';
import type { ClusterOp, TreeOp } from './asks.ts';

/** Trees of up to some twenty classes, of any arity. */
const trees: fc.Arbitrary<NestedTree> = fc
  .letrec<{ node: unknown; list: unknown[] }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: tie('list') },
    ),
    list: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }))
  .list.map((list) => numbered(list));

/** The leaves counted from the left. */
function numbered(list: unknown[]): NestedTree {
  let count = 0;
  const walk = (item: unknown): NestedTree => (Array.isArray(item) ? item.map(walk) : count++);
  return walk(list);
}

const values = (size: number) =>
  fc.array(
    fc.integer({ min: -64, max: 64 }).map((k) => k / 16),
    { minLength: size, maxLength: size },
  );

interface Sample {
  readonly tree: NestedTree;
  readonly weight: readonly number[];
  readonly h: readonly number[];
}
const samples: fc.Arbitrary<Sample> = trees.chain((tree) =>
  fc.record({ tree: fc.constant(tree), weight: values(nodesOf(tree).rows * 2), h: values(4) }),
);

const passed = ({ tree, weight, h }: Sample) =>
  [
    { data: Float32Array.from(h), shape: [2, 2] },
    { data: Float32Array.from(weight), shape: [weight.length / 2, 2] },
    nestedTree(tree),
  ] as const;

async function leaves({ softmax }: Trial, sample: Sample, log: boolean): Promise<number[][]> {
  const [y] = await outputs(softmax.hierarchicalSoftmax(...passed(sample), { log }));
  const all = Array.from(y?.data ?? []);
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)];
}

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 2 ** -18 * Math.max(1, Math.abs(a), Math.abs(b));

const SOFTMAX: readonly Case[] = [
  law({
    op: 'hierarchicalSoftmax',
    name: 'leaves-sum-to-1',
    mistake: 'a child that is forgotten, or decided for with another row than its sibling',
    of: samples,
    async holds(trial, sample) {
      for (const row of await leaves(trial, sample, false)) {
        const sum = row.reduce((a, b) => a + b, 0);
        must(near(sum, 1), `the leaves sum to ${sum}`);
      }
    },
  }),
  law({
    op: 'hierarchicalSoftmax',
    name: 'log-is-the-logarithm',
    mistake: 'two forms that mean two distributions',
    of: samples,
    async holds(trial, sample) {
      const [plain, log] = [await leaves(trial, sample, false), await leaves(trial, sample, true)];
      for (const [k, p] of plain.flat().entries()) {
        const other = Math.exp(log.flat()[k] as number);
        must(Math.abs(p - other) <= 2 ** -15 * p + 2 ** -140, `${p} and ${other}`);
      }
    },
  }),
];

const LOG_PROB: Case = law({
  op: 'hierarchicalLogProb',
  name: 'is-a-leaf-of-all',
  mistake: 'a path that is not that of the class',
  of: samples,
  needs: { kernels: ['hierarchicalLoss', 'hierarchicalSoftmax'], dtypes: ['float32'] },
  async holds(trial, sample) {
    const all = await leaves(trial, sample, true);
    const [h, weight, tree] = passed(sample);
    for (let c = 0; c < tree.leaves; c++) {
      const [y] = await outputs(trial.softmax.hierarchicalLogProb(h, weight, [c, c], tree));
      for (const row of [0, 1]) must(near(y?.data[row] as number, all[row]?.[c] as number), `class ${c}`);
    }
  },
});

const TOP_K: Case = law({
  op: 'hierarchicalTopK',
  name: 'is-the-sort-of-all-leaves',
  mistake: 'a search that leaves a branch too early',
  of: fc.tuple(samples, fc.nat()),
  needs: { kernels: ['hierarchicalTopK', 'hierarchicalSoftmax'], dtypes: ['float32'] },
  async holds(trial, [sample, pick]) {
    const [h, weight, tree] = passed(sample);
    const k = 1 + (pick % tree.leaves);
    const all = await leaves(trial, sample, true);
    const [classes, logs] = await outputs(trial.softmax.hierarchicalTopK(h, weight, tree, k));
    for (const [row, own] of all.entries()) {
      const sorted = own.toSorted((a, b) => b - a);
      const found = Array.from({ length: k }, (_, j) => classes?.data[row * k + j] as number);
      must(new Set(found).size === k, `classes ${found}`);
      for (const [j, c] of found.entries()) {
        must(
          near(logs?.data[row * k + j] as number, sorted[j] as number),
          `place ${j}: not the next likeliest`,
        );
        must(near(own[c] as number, sorted[j] as number), `place ${j}: class ${c} is not as likely`);
      }
    }
  },
});

const SAMPLE: Case = law({
  op: 'hierarchicalSample',
  name: 'draws-what-is-possible',
  mistake: 'a class outside of the tree, or a draw that is not repeated by its seed',
  of: fc.tuple(samples, fc.integer({ min: 0, max: 2 ** 31 })),
  async holds({ softmax }, [sample, seed]) {
    const [h, weight, tree] = passed(sample);
    const [a] = await outputs(softmax.hierarchicalSample(h, weight, tree, { seed }));
    const [b] = await outputs(softmax.hierarchicalSample(h, weight, tree, { seed }));
    must(a?.bits === b?.bits, 'one seed, two results');
    for (const c of Array.from(a?.data ?? [])) must(c >= 0 && c < tree.leaves, `class ${c}`);
  },
});

const clusters = fc.record({ h: values(2), head: values(6), projection: values(2), weight: values(3) });
const ADAPTIVE: Case = law({
  op: 'adaptiveSoftmax',
  name: 'classes-sum-to-1',
  mistake: 'a tail that is not weighed by its own probability',
  of: clusters,
  async holds({ softmax }, { h, head, projection, weight }) {
    const f = (data: readonly number[], ...shape: readonly number[]) => ({
      data: Float32Array.from(data),
      shape,
    });
    const tails = [{ projection: f(projection, 1, 2), weight: f(weight, 3, 1) }];
    const parameters = { cutoffs: [2], head: f(head, 3, 2), tails };
    const [y] = await outputs(softmax.adaptiveSoftmax(f(h, 1, 2), parameters));
    const sum = Array.from(y?.data ?? []).reduce((a, b) => a + b, 0);
    must(y?.data.length === 5 && near(sum, 1), `${y?.data.length} classes sum to ${sum}`);
  },
});

const ALL: readonly Case[] = [...SOFTMAX, LOG_PROB, TOP_K, SAMPLE, ADAPTIVE];
export const laws = (op: TreeOp | ClusterOp): readonly Case[] => ALL.filter((each) => each.op === op);
