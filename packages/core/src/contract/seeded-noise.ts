/**
 * A description of the Gumbel noise of a seed: −log(−log u)·scale, for the counters (0, stream) …
 * (length − 1, stream).
 */
export interface SeededNoise {
  /** The words of the key, in [0, 2³²). */
  readonly key: readonly [number, number];
  readonly stream: number;
  readonly length: number;
  readonly scale: number;
  /** The type to which float64 products are rounded. */
  readonly dtype: 'float32' | 'float64';
}
