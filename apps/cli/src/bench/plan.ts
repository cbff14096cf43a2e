export const OPS = [
  'softmax',
  'logSoftmax',
  'crossEntropyGrad',
  'sparsemax',
  'hierarchicalLoss',
  'sample',
] as const;
export type BenchOp = (typeof OPS)[number];

/** outer × n × inner elements; rows of n along the axis in the middle. */
export interface Size {
  readonly name: string;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

const size = (outer: number, n: number, inner = 1): Size => ({
  name: inner === 1 ? `${outer}×${n}` : `${outer}×${n}×${inner}`,
  outer,
  n,
  inner,
});

/** Of the last two the axis is the last but one. */
export const SIZES: readonly Size[] = [
  size(1, 10),
  size(1, 1000),
  size(32, 1000),
  size(1, 50257),
  size(64, 50257),
  size(1, 2 ** 22),
  size(1, 2 ** 24),
  size(8, 1000, 64),
  size(1, 50257, 64),
];

/** What is measured where nobody asks for something else: softmax at every size, the others at three. */
export const planned = (op: BenchOp, { name }: Size): boolean =>
  op === 'softmax' || ['1×1000', '32×1000', '1×50257'].includes(name);
