import { createSoftmax, type FloatType, nestedTree, type Softmax, type Tensor } from '@softmax/core';
import type { WasmBackend, WasmBuffer } from '../src/index.ts';
import { logits } from './logits.ts';

type Solver = Softmax<WasmBuffer, 'sync'>;
type Results = readonly Tensor<'sync'>[];
/** Outer, n, inner. */
export type Extent = readonly [number, number, number];

/** Each type, and float32 with plain SIMD too. */
export const MODULES: readonly (readonly [FloatType, boolean])[] = [
  ['float16', true],
  ['float32', true],
  ['float32', false],
  ['float64', true],
];

/** What operations along axis 1 are given. */
export interface Given {
  readonly x: Tensor<'sync'>;
  readonly dy: Tensor<'sync'>;
  /** Probabilities along the axis. */
  readonly target: Tensor<'sync'>;
  readonly mask: { readonly data: Uint8Array; readonly shape: readonly number[] };
  /** One for each row: a cotangent, a class, a temperature, a sink. */
  readonly perRow: Tensor<'sync'>;
  readonly classes: { readonly data: Int32Array; readonly shape: readonly number[] };
  readonly own: { readonly data: Float32Array; readonly shape: readonly number[] };
}

export function given(sm: Solver, dtype: FloatType, [outer, n, inner]: Extent): Given {
  const size = outer * n * inner;
  const [shape, rows, kept] = [
    [outer, n, inner],
    [outer, inner],
    [outer, 1, inner],
  ];
  const classes = Int32Array.from({ length: outer * inner }, (_, r) => (r * 31) % n);
  const mask = Uint8Array.from({ length: size }, (_, k) => Number(k % 5 !== 1));
  // A class that is hidden is refused.
  classes.forEach((c, r) => {
    mask[(Math.floor(r / inner) * n + c) * inner + (r % inner)] = 1;
  });
  return {
    x: sm.tensor(logits(size), shape, dtype),
    dy: sm.tensor(logits(size, 1, 0.3), shape, dtype),
    target: sm.tensor(new Float32Array(size).fill(1 / n), shape, dtype),
    mask: { data: mask, shape },
    perRow: sm.tensor(logits(outer * inner, 1, 0.3), rows, dtype),
    classes: { data: classes, shape: rows },
    own: { data: Float32Array.from({ length: outer * inner }, (_, r) => 0.5 + (r % 3)), shape: kept },
  };
}

const TREE = nestedTree([[0, [1, 2, 3, 4, 8]], [[5]], [6, 7]]);

/** A token for each matrix; of float32, which alone the kernels of trees have. */
function layered({ x: { shape } }: Given) {
  const [tokens = 1, n = 1, inner = 1] = shape;
  const d = Math.min(n * inner, 300);
  return {
    h: { data: logits(tokens * d, 0.1), shape: [tokens, d] },
    weight: { data: logits(TREE.rows * d), shape: [TREE.rows, d] },
    target: Array.from({ length: tokens }, (_, token) => (token * 5) % TREE.leaves),
  };
}

const along = { axis: 1 } as const;
const each = { axis: 1, reduction: 'none' } as const;

/** Operations that run every kernel of the backend's own, each in all the ways that it has of its own. */
export const CALLS: { readonly [name: string]: (sm: Solver, given: Given) => Results } = {
  softmax: (sm, { x }) => [sm.softmax(x, along)],
  'softmax, masked': (sm, { x, mask }) => [sm.softmax(x, { ...along, mask })],
  'softmax, with a cap': (sm, { x, mask }) => [sm.softmax(x, { ...along, mask, softcap: 5 })],
  softmin: (sm, { x, own }) => [sm.softmin(x, { ...along, temperature: own, sink: own })],
  logSoftmax: (sm, { x, mask }) => [sm.logSoftmax(x, { ...along, mask, temperature: 3 })],
  softmaxGrad: (sm, { x, dy, mask }) => [sm.softmaxGrad(x, dy, { ...along, mask })],
  logSoftmaxGrad: (sm, { x, dy, own }) => [sm.logSoftmaxGrad(x, dy, { ...along, temperature: own })],
  logSumExp: (sm, { x, mask }) => [sm.logSumExp(x, { ...along, mask }), sm.logMeanExp(x, along)],
  logSumExpGrad: (sm, { x, perRow }) => [sm.logSumExpGrad(x, perRow, along)],
  crossEntropy: (sm, { x, classes }) => [
    sm.crossEntropy(x, classes, each),
    sm.crossEntropy(x, classes, along),
  ],
  crossEntropyGrad: (sm, { x, classes, mask }) =>
    Object.values(sm.crossEntropyGrad(x, classes, { ...each, mask, zLoss: 0.1 })),
  'crossEntropyGrad, smoothed': (sm, { x, classes }) =>
    Object.values(sm.crossEntropyGrad(x, classes, { ...each, labelSmoothing: 0.1 })),
  'crossEntropy of probabilities': (sm, { x, target }) => [
    sm.crossEntropy(x, { probabilities: target, normalized: false }, each),
  ],
  'crossEntropyGrad of probabilities': (sm, { x, target }) =>
    Object.values(sm.crossEntropyGrad(x, { probabilities: target, normalized: false }, each)),
  hardmax: (sm, { x, mask }) => [sm.hardmax(x, { ...along, mask })],
  oneHot: (sm, { x, classes }) => [
    sm.oneHot(classes, x.shape[1] as number, { axis: 1, dtype: x.dtype as FloatType }),
  ],
  nllLoss: (sm, { x, classes, mask }) => [sm.nllLoss(x, classes, { ...each, mask })],
  nllLossGrad: (sm, { x, classes }) =>
    [0, 0.1].flatMap((labelSmoothing) =>
      Object.values(sm.nllLossGrad(x, classes, { ...each, labelSmoothing })),
    ),
  gumbelSoftmax: (sm, { x, mask }) => [
    sm.gumbelSoftmax(x, { ...along, mask, seed: 7 }),
    sm.gumbelSoftmax(x, { ...along, seed: 7, hard: true }),
    sm.gumbelSoftmax(x, { ...along, seed: 7, temperature: 1e-6 }),
  ],
  gumbelSoftmaxGrad: (sm, { x, dy }) => [sm.gumbelSoftmaxGrad(x, dy, { ...along, seed: 7 })],
  sample: (sm, { x, mask }) => [
    sm.sample(x, { ...along, mask, seed: 7 }),
    sm.sampleWithoutReplacement(x, Math.min(3, x.shape[1] as number), { ...along, seed: 7 }),
  ],
  sparsemax: (sm, { x, mask }) => [sm.sparsemax(x, { ...along, mask })],
  entmax: (sm, { x }) => [1.25, 1.5, 3].map((alpha) => sm.entmax(x, { ...along, alpha })),
  entmaxGrad: (sm, { x, dy, mask }) => [
    sm.entmaxGrad(x, dy, { ...along, mask }),
    sm.entmaxGrad(x, dy, { ...along, alpha: 3 }),
    sm.sparsemaxGrad(x, dy, along),
  ],
  entmaxLoss: (sm, { x, classes, mask }) => [sm.entmaxLoss(x, classes, { ...each, mask })],
  entmaxLossGrad: (sm, { x, classes }) =>
    Object.values(sm.entmaxLossGrad(x, classes, { ...each, alpha: 1.25 })),
  sparsemaxLossGrad: (sm, { x, classes }) => Object.values(sm.sparsemaxLossGrad(x, classes, each)),
  hierarchicalLoss: (sm, of) => {
    const { h, weight, target } = layered(of);
    return [
      sm.hierarchicalLoss(h, weight, target, TREE),
      ...Object.values(sm.hierarchicalLossGrad(h, weight, target, TREE)),
    ];
  },
};

/** The operations on a backend, and those of its own kernels that no operation has run yet. */
export function watched(backend: WasmBackend): { readonly sm: Solver; readonly missing: Set<string> } {
  const missing = new Set<string>(Object.keys(backend.kernels));
  for (const name of backend.borrowed) missing.delete(name);
  const kernels = Object.entries(backend.kernels).map(([name, kernel]) => {
    const run = kernel as (problem: object, inputs: object) => object;
    const noted = (problem: object, inputs: object): object => {
      missing.delete(name);
      return run(problem, inputs);
    };
    return [name, noted];
  });
  return { sm: createSoftmax({ ...backend, kernels: Object.fromEntries(kernels) }), missing };
}
