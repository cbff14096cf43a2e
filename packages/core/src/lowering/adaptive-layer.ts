import type { Operand } from '../contract/call.ts';
import type { Problem } from '../contract/kernels.ts';
import type { AdaptiveSizes, TailInputs } from '../contract/tree-kernels.ts';
import { SoftmaxError } from '../errors.ts';
import type { Input } from '../input/input.ts';
import type { Cut } from '../layout/axis.ts';
import type { Shape } from '../layout/shape.ts';
import { known } from './options.ts';
import { features, matrix } from './tree-layer.ts';

/** Parameters of adaptive softmax over V classes, numbered from the most to the least frequent. */
export interface AdaptiveParameters {
  /**
   * The first class of each tail, ascending, from at least 1. The head holds the classes below
   * cutoffs[0]; tail i holds the classes from cutoffs[i] to the next cutoff or V.
   */
  readonly cutoffs: readonly number[];
  /** [cutoffs[0] + tails, d]: one row for each class of the head, then one for each tail. */
  readonly head: Input;
  /** The bias of the head, [cutoffs[0] + tails]. Default: none. */
  readonly headBias?: Input;
  /** One tail for each cutoff: a projection [dᵢ, d] with dᵢ ≥ 1, then a weight [sizeᵢ, dᵢ]. */
  readonly tails: readonly { readonly projection: Input; readonly weight: Input }[];
}

export interface Adaptive {
  readonly rows: Cut;
  readonly problem: Problem & AdaptiveSizes;
  readonly inputs: { readonly h: Operand; readonly head: Operand; readonly headBias: Operand | undefined };
  readonly tails: readonly { readonly [name in TailInputs]: Operand }[];
  readonly classes: number;
}

/** Validates the inputs that all operations of adaptive softmax share. */
export function adaptive(input: Input, parameters: AdaptiveParameters): Adaptive {
  known(parameters, ['cutoffs', 'head', 'headBias', 'tails'], 'parameters');
  const { cutoffs, head, headBias, tails: tailParameters } = parameters;
  const { h, rows, problem } = features(input);
  if (
    !Array.isArray(cutoffs) ||
    !Array.isArray(tailParameters) ||
    cutoffs.length !== tailParameters.length ||
    !ascend(cutoffs)
  )
    throw new SoftmaxError(
      'INVALID_OPTION',
      'cutoffs',
      cutoffs,
      'ascending integers from 1, one for each tail',
    );
  const [first, n] = [cutoffs[0] as number, rows.n];
  const top = first + cutoffs.length;
  const inputs = {
    h,
    head: matrix('head', head, problem, [top, n], 'parameters'),
    headBias: headBias === undefined ? undefined : matrix('headBias', headBias, problem, [top], 'parameters'),
  };
  const sizes: { size: number; width: number }[] = [];
  const tails = (tailParameters as AdaptiveParameters['tails']).map((tail, i) => {
    known(tail, ['projection', 'weight'], `tails[${i}]`);
    const { projection, weight } = tail;
    const down = matrix(`tails[${i}].projection`, projection, problem, [undefined, n], 'parameters');
    const width = down.from.shape[0] as number;
    const next = cutoffs[i + 1];
    const up = matrix(
      `tails[${i}].weight`,
      weight,
      problem,
      [next && next - cutoffs[i], width],
      'parameters',
    );
    sizes.push({ size: up.from.shape[0] as number, width });
    return { [`projection${i}`]: down, [`tail${i}`]: up };
  });
  const classes = sizes.reduce((sum, { size }) => sum + size, first);
  return { rows, problem: { ...problem, head: first, tails: sizes }, inputs, tails, classes };
}

const ascend = (cutoffs: readonly number[]): boolean =>
  cutoffs.length > 0 && cutoffs.every((c, i) => Number.isInteger(c) && c > (cutoffs[i - 1] ?? 0));

/** The shapes of the gradients of all parameters. */
export function gradientShapes({ n, head, tails }: Problem & AdaptiveSizes): {
  readonly [name in 'dhead' | 'dheadBias' | `d${TailInputs}`]: Shape;
} {
  const top = head + tails.length;
  const shapes: { [name in `d${TailInputs}`]: Shape } = {};
  tails.forEach(({ size, width }, i) => {
    shapes[`dprojection${i}`] = [width, n];
    shapes[`dtail${i}`] = [size, width];
  });
  return { dhead: [top, n], dheadBias: [top], ...shapes };
}
