import type { KernelName, Mode, Shaped, Softmax, Tensor } from '@softmax/core';
import { nestedTree } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import { outputs } from '../../judge/outputs.ts';
import type { Case } from '../../plan/case.ts';
import type { ClusterOp, TreeOp } from './asks.ts';

const H = [0.5, -1, 1.75, 0.25, -0.5, 2];
const W = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125, -2, 0.75];
const B = [0.25, -0.5, 1, 0, -1];
/** A node with three children, one with two, an only child: rows 0–2, 3 and none. */
const TREE = nestedTree([[0, 1], 2, [[3]]]);
const TARGET = [1, 3, -100];
const DY = [1, -2, 0.5, 3, 0.25, -1, 1, 0, 2, -0.5, 1.5, -3];
const UP = [1, -1, 0.5];

type On = Softmax<unknown, Mode>;
interface Values {
  readonly h: readonly number[];
  readonly weight: readonly number[];
  readonly bias: readonly number[];
}
type Named = { readonly [name: string]: Tensor<Mode> };

const shaped = (values: readonly number[], ...shape: readonly number[]): Shaped => ({
  data: Float64Array.from(values),
  shape,
});
const tree = ({ h, weight, bias }: Values) =>
  [shaped(h, 3, 2), shaped(weight.slice(0, 8), 4, 2), { bias: shaped(bias.slice(0, 4), 4) }] as const;
const clusters = ({ h, weight, bias }: Values) =>
  [
    shaped(h, 3, 2),
    {
      cutoffs: [2],
      head: shaped(weight.slice(0, 6), 3, 2),
      headBias: shaped(bias.slice(0, 3), 3),
      tails: [{ projection: shaped(weight.slice(6, 8), 1, 2), weight: shaped(weight.slice(8, 10), 2, 1) }],
    },
  ] as const;

interface Pair {
  readonly name: string;
  readonly kernels: readonly KernelName[];
  readonly forward: (on: On, values: Values) => unknown;
  readonly dy: readonly number[];
  readonly backward: (on: On, values: Values) => unknown;
  /** The names of the gradients of h, of the weights one after the other, and of the biases. */
  readonly of: readonly (readonly string[])[];
  readonly rows?: boolean;
}

const TREES = [['dh'], ['dweight'], ['dbias']] as const;
const CLUSTERS = [['dh'], ['dhead', 'dprojection0', 'dtail0'], ['dheadBias']] as const;

const PAIRS: { readonly [K in Extract<TreeOp | ClusterOp, `${string}Grad`>]: readonly Pair[] } = {
  hierarchicalSoftmaxGrad: [false, true].map((log) => ({
    name: log ? 'log' : 'plain',
    kernels: ['hierarchicalSoftmax', 'hierarchicalSoftmaxGrad'],
    dy: DY,
    forward: (on, values) => {
      const [h, w, options] = tree(values);
      return on.hierarchicalSoftmax(h, w, TREE, { ...options, log });
    },
    backward: (on, values) => {
      const [h, w, options] = tree(values);
      return on.hierarchicalSoftmaxGrad(h, w, TREE, shaped(DY, 3, 4), { ...options, log });
    },
    of: TREES,
  })),
  hierarchicalLossGrad: [
    {
      name: 'weighted',
      kernels: ['hierarchicalLoss', 'hierarchicalLossGrad'],
      dy: [-2],
      forward: (on, values) => {
        const [h, w, options] = tree(values);
        return on.hierarchicalLoss(h, w, TARGET, TREE, { ...options, tokenWeight: [1, 3, 1] });
      },
      backward: (on, values) => {
        const [h, w, options] = tree(values);
        return on.hierarchicalLossGrad(h, w, TARGET, TREE, { ...options, tokenWeight: [1, 3, 1], dy: -2 });
      },
      of: TREES,
      rows: true,
    },
  ],
  hierarchicalLogProbGrad: [
    {
      name: 'plain',
      kernels: ['hierarchicalLoss', 'hierarchicalLossGrad'],
      dy: UP,
      forward: (on, values) => {
        const [h, w, options] = tree(values);
        return on.hierarchicalLogProb(h, w, TARGET, TREE, options);
      },
      backward: (on, values) => {
        const [h, w, options] = tree(values);
        return on.hierarchicalLogProbGrad(h, w, TARGET, TREE, UP, options);
      },
      of: TREES,
      rows: true,
    },
  ],
  adaptiveSoftmaxGrad: [false, true].map((log) => ({
    name: log ? 'log' : 'plain',
    kernels: ['adaptiveSoftmax', 'adaptiveSoftmaxGrad'],
    dy: DY,
    forward: (on, values) => on.adaptiveSoftmax(...clusters(values), { log }),
    backward: (on, values) => on.adaptiveSoftmaxGrad(...clusters(values), shaped(DY, 3, 4), { log }),
    of: CLUSTERS,
  })),
  adaptiveLossGrad: [
    {
      name: 'weighted',
      kernels: ['adaptiveLoss', 'adaptiveLossGrad'],
      dy: [-2],
      forward: (on, values) => on.adaptiveLoss(...clusters(values), TARGET, { tokenWeight: [1, 3, 1] }),
      backward: (on, values) =>
        on.adaptiveLossGrad(...clusters(values), TARGET, { tokenWeight: [1, 3, 1], dy: -2 }),
      of: CLUSTERS,
    },
  ],
  adaptiveLogProbGrad: [
    {
      name: 'plain',
      kernels: ['adaptiveLoss', 'adaptiveLossGrad'],
      dy: UP,
      forward: (on, values) => on.adaptiveLogProb(...clusters(values), TARGET),
      backward: (on, values) => on.adaptiveLogProbGrad(...clusters(values), TARGET, UP),
      of: CLUSTERS,
    },
  ],
};

/** Every gradient against (f(x + h) − f(x − h))/2h; weight rows off the paths are not differentiated. */
export const differences = (op: TreeOp | ClusterOp): readonly Case[] =>
  (op in PAIRS ? PAIRS[op as keyof typeof PAIRS] : []).map(
    ({ name, kernels, forward, dy, backward, of, rows }) => ({
      category: 'gradient',
      op,
      name: `differences-${name}`,
      mistake: 'a gradient that is not that of the operation: of h, of a weight or of a bias',
      needs: { kernels, dtypes: ['float64'] },
      async run({ softmax }) {
        const values: Values = { h: H, weight: W, bias: B };
        const got = (await backward(softmax, values)) as Named;
        for (const [k, key] of (['h', 'weight', 'bias'] as const).entries()) {
          const parts = [];
          for (const each of of[k] ?? []) parts.push(...Array.from((await got[each]?.data()) ?? [], Number));
          const width = key === 'weight' ? 2 : 1;
          const touched =
            rows && key !== 'h' ? Array.from((await got['rows']?.data()) ?? [], Number) : undefined;
          const dx = touched ? spread(parts, touched, width, values[key].length) : parts;
          const f = async (x: readonly number[]) => {
            const [y] = await outputs(forward(softmax, { ...values, [key]: x }));
            return dot(y?.data ?? [], dy);
          };
          // What lies behind the last value that is used has no slope, and no place in dx.
          const padded = values[key].map((_, at) => dx[at] ?? 0);
          await agrees(f, values[key], padded, `${name}, ${key}`);
        }
        for (const tensor of Object.values(got)) tensor.dispose();
        return undefined;
      },
    }),
  );

function spread(parts: readonly number[], rows: readonly number[], width: number, size: number): number[] {
  const out = new Array<number>(size).fill(0);
  for (const [k, row] of rows.entries())
    for (let j = 0; j < width; j++) out[row * width + j] = parts[k * width + j] as number;
  return out;
}
