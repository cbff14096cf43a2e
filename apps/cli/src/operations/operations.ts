import { OPERATIONS as DESCRIPTIONS, type InputName, type OpName } from '@softmax/core/operations';
import type { ArgumentName, OptionName } from './options.ts';

/** An operation as the command line has it, which core's own description decides. */
export interface Operation {
  /** What the file on the command line is. */
  readonly input: InputName;
  /** Its further arguments in their order; the options come behind them. */
  readonly arguments: readonly ArgumentName[];
  readonly options: readonly OptionName[];
  /** Whether a block of its rows can be computed by itself; 'unreduced' where only without a reduction. */
  readonly rows: 'apart' | 'unreduced' | 'together';
  readonly results: readonly string[];
  readonly about: string;
}

/** `b` is also the second input of logAddExp, and `weight` also the weights of classes: flags say which. */
const optionOf = (name: InputName): OptionName => (name === 'b' ? 'factors' : name) as OptionName;
const argumentOf = (name: InputName): ArgumentName => (name === 'weight' ? 'weights' : name) as ArgumentName;

function described(op: OpName): Operation {
  const { arguments: names, options, rows, results, about, probabilities } = DESCRIPTIONS[op];
  const [input, ...rest] = names;
  return {
    input: input as InputName,
    arguments: rest.map(argumentOf),
    options: [
      ...options.filter((name) => name !== 'dtype').map(optionOf),
      ...(probabilities ? (['probabilities', 'normalized'] as const) : []),
    ],
    rows,
    results,
    about,
  };
}

/** Every operation of the family. */
export const OPERATIONS = Object.fromEntries(
  (Object.keys(DESCRIPTIONS) as OpName[]).map((op) => [op, described(op)]),
) as { readonly [O in OpName]: Operation };
