/** Gumbel noise of a seed, still to be made: −log(−log u)·scale, of the counters (0, stream) … (length − 1, stream). */
export interface SeededNoise {
  /** The words of the key, in [0, 2³²). */
  readonly key: readonly [number, number];
  readonly stream: number;
  readonly length: number;
  readonly scale: number;
  /** What the products in float64 are rounded to. */
  readonly dtype: 'float32' | 'float64';
}
