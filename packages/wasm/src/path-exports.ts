/** The kernels of hierarchical softmax, of float32 */
export interface PathExports {
  /** Processes the tokens from `first` on. */
  readonly hierarchicalLoss: (
    h: number,
    weight: number,
    bias: number,
    weights: number,
    dy: number,
    list: number,
    stepOf: number,
    tokens: number,
    chosen: number,
    z: number,
    losses: number,
    dh: number,
    first: number,
    rows: number,
    steps: number,
    logits: number,
    n: number,
    denominator: number,
  ) => void;
  readonly combinations: (
    x: number,
    starts: number,
    list: number,
    coefficients: number,
    n: number,
    y: number,
    first: number,
    rows: number,
  ) => void;
  readonly transpose: (
    places: number,
    stepOf: number,
    tokens: number,
    dz: number,
    logits: number,
    rows: number,
    starts: number,
    list: number,
    coefficients: number,
    sums: number,
  ) => void;
}
