/** The kernels of float64; what each row has of its own (temperatures, sinks, weights) is float64 too. */
export interface DoubleExports {
  /** `kind`: 0 for probabilities, 1 for logarithms, 2 for one-hot vectors, 3 for those of +∞ too. */
  readonly doubleDistribution: (
    x: number,
    noise: number,
    mask: number,
    y: number,
    rows: number,
    n: number,
    negate: number,
    cap: number,
    temperature: number,
    temperatures: number,
    sinks: number,
    masked: number,
    impossible: number,
    kind: number,
  ) => void;
  readonly doubleDistributionGrad: (
    x: number,
    noise: number,
    mask: number,
    dy: number,
    dx: number,
    rows: number,
    n: number,
    negate: number,
    cap: number,
    temperature: number,
    temperatures: number,
    sinks: number,
    log: number,
  ) => void;
  /** `room`: one row of float64. */
  readonly doubleLogSumExp: (
    x: number,
    mask: number,
    y: number,
    rows: number,
    n: number,
    mean: number,
    room: number,
    doubts: number,
  ) => void;
  readonly doubleLogSumExpGrad: (
    x: number,
    mask: number,
    dy: number,
    dx: number,
    rows: number,
    n: number,
  ) => void;
  readonly gumbelNoise: (
    key0: number,
    key1: number,
    stream: number,
    y: number,
    n: number,
    scale: number,
    single: number,
  ) => void;
  /** `room`: k of float64. */
  readonly gumbelTopK: (
    x: number,
    noise: number,
    mask: number,
    classes: number,
    rows: number,
    n: number,
    k: number,
    room: number,
  ) => void;
}
