import {
  type AdaptiveParameters,
  type HostInput,
  type Input,
  type Mode,
  nestedTree,
  type OpName,
  type Softmax,
} from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import { takes } from '../../operations/described.ts';

/** What a call is made of: whatever is not given is what fits two rows of two features and three classes. */
export interface Given {
  readonly h?: Input;
  readonly weight?: Input;
  readonly target?: HostInput;
  readonly tree?: unknown;
  readonly dy?: Input;
  /** Of log-probabilities, one for each row. */
  readonly cotangent?: readonly number[];
  readonly options?: object | undefined;
  readonly parameters?: object;
}

export type Ask = (on: Softmax<unknown, Mode>, given?: Given) => unknown;
export type TreeOp = Extract<OpName, `hierarchical${string}`>;
export type ClusterOp = Extract<OpName, `adaptive${string}`>;

export const of = (values: readonly number[], ...shape: readonly number[]): Input => ({
  data: Float32Array.from(values),
  shape,
});

export const H: readonly number[] = [0.5, -1.25, 3, 2];
export const WEIGHT: readonly number[] = [1, -0.5, 0.25, 2];
const DY = of([1, -2, 0.5, 3, 0, -1], 2, 3);

const parametersOf = (more: object = {}): AdaptiveParameters => ({
  cutoffs: [1],
  head: of(WEIGHT, 2, 2),
  tails: [{ projection: of([1, -1], 1, 2), weight: of([2, -1], 2, 1) }],
  ...more,
});

const filled = ({ h, weight, target, tree, options, ...rest }: Given) => ({
  h: h ?? of(H, 2, 2),
  weight: weight ?? of(WEIGHT, 2, 2),
  target: target ?? [0, 2],
  // What is no tree must be refused, whatever the compiler says.
  tree: (tree ?? nestedTree([[0, 1], 2])) as ReturnType<typeof nestedTree>,
  parameters: parametersOf(rest.parameters),
  dy: rest.dy ?? DY,
  cotangent: rest.cotangent ?? [1, -2],
  options: options ?? {},
});

/** A call of an operation of a tree or of adaptive softmax, from what it takes. */
export function askOf(op: TreeOp | ClusterOp): Ask {
  const { arguments: names } = OPERATIONS[op];
  return (on, given = {}) => {
    const { cotangent, options, ...values } = filled(given);
    const dy = takes(op, 'target') ? cotangent : values.dy;
    const all: { readonly [name: string]: unknown } = { ...values, dy, k: 2 };
    const args = names.map((name) => all[name]);
    const more = takes(op, 'seed') ? { seed: 3, ...options } : options;
    return (on[op] as (...args: readonly unknown[]) => unknown)(...args, more);
  };
}
