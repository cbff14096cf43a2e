import type { DoubleExports } from './double-exports.ts';
import type { PathExports } from './path-exports.ts';

/** What the compiled module exports: pointers are byte addresses, 0 for what is not given; `w` is the workspace. */
export interface Exports extends DoubleExports, PathExports {
  readonly heapBase: WebAssembly.Global;
  readonly workspaceSize: (n: number) => number;
  /** Member k of a team that solves one row together, its states in the workspace w; 0 of 1 is alone. */
  readonly team: (k: number, size: number, w: number) => void;
  /** Prepares the workspace for a temperature. */
  readonly constants: (w: number, temperature: number) => void;
  readonly softmax: (...args: DistributionArguments) => void;
  /** Of some columns; `outside` tells whether one does not fit its window, and the results are undefined then. */
  readonly softmaxColumns: (
    w: number,
    x: number,
    y: number,
    n: number,
    inner: number,
    columns: number,
    states: number,
    outside: number,
  ) => void;
  readonly logSoftmax: (...args: DistributionArguments) => void;
  readonly logSumExp: (
    w: number,
    x: number,
    mask: number,
    y: number,
    rows: number,
    n: number,
    mean: number,
    doubts: number,
  ) => void;
  readonly crossEntropy: (
    w: number,
    x: number,
    mask: number,
    classes: number,
    weights: number,
    classWeights: number,
    dy: number,
    losses: number,
    dx: number,
    rows: number,
    n: number,
    zLoss: number,
    denominator: number,
  ) => void;
  readonly softmaxGrad: (...args: GradientArguments) => void;
  readonly logSoftmaxGrad: (...args: GradientArguments) => void;
  readonly logSumExpGrad: (
    w: number,
    x: number,
    mask: number,
    dy: number,
    dx: number,
    rows: number,
    n: number,
  ) => void;
  /** `wide`: float64, where `room` takes one row; w is for float32. */
  readonly softCrossEntropy: (
    w: number,
    x: number,
    mask: number,
    target: number,
    classes: number,
    weights: number,
    classWeights: number,
    dy: number,
    losses: number,
    dx: number,
    dt: number,
    rows: number,
    n: number,
    smoothing: number,
    zLoss: number,
    denominator: number,
    wide: number,
    room: number,
    likelihood: number,
  ) => void;
  readonly gumbelSoftmax: (
    w: number,
    x: number,
    noise: number,
    mask: number,
    y: number,
    rows: number,
    n: number,
    hard: number,
  ) => void;
  readonly gumbelSoftmaxGrad: (
    w: number,
    x: number,
    noise: number,
    mask: number,
    dy: number,
    dx: number,
    rows: number,
    n: number,
  ) => void;
  /** `wide`: float64; `room`: 12 bytes for each value of a row; `doubts`: a byte for each row, 1 where it is not certain. */
  readonly entmax: (
    x: number,
    mask: number,
    y: number,
    rows: number,
    n: number,
    wide: number,
    alpha: number,
    room: number,
    doubts: number,
  ) => void;
  readonly entmaxGrad: (
    x: number,
    mask: number,
    dy: number,
    dx: number,
    rows: number,
    n: number,
    wide: number,
    alpha: number,
    room: number,
    doubts: number,
  ) => void;
  readonly entmaxLoss: (
    x: number,
    mask: number,
    classes: number,
    weights: number,
    dy: number,
    losses: number,
    dx: number,
    rows: number,
    n: number,
    denominator: number,
    wide: number,
    alpha: number,
    room: number,
    doubts: number,
  ) => void;
  /** `size`: the bytes of a value. */
  readonly oneHot: (
    classes: number,
    y: number,
    outer: number,
    n: number,
    inner: number,
    size: number,
  ) => void;
  readonly gather: (x: number, y: number, n: number, inner: number, width: number, size: number) => void;
  readonly scatter: (y: number, x: number, n: number, inner: number, width: number, size: number) => void;
  /** Between float16, float32 and float64, told apart by their bytes. */
  readonly convert: (x: number, from: number, y: number, to: number, n: number) => void;
}

type DistributionArguments = [
  w: number,
  x: number,
  mask: number,
  y: number,
  rows: number,
  n: number,
  negate: number,
  temperatures: number,
  sinks: number,
  masked: number,
  impossible: number,
];

type GradientArguments = [
  w: number,
  x: number,
  mask: number,
  dy: number,
  dx: number,
  rows: number,
  n: number,
  negate: number,
  temperatures: number,
  sinks: number,
];
