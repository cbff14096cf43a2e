import type { Input, Mode, Softmax } from '@softmax/core';
import { type InputName, OPERATIONS, type OpName } from '@softmax/core/operations';
import { forwardOf, isGradient, reducesRows, takes } from '../../operations/described.ts';

/**
 * Calls an operation with whatever options, its other arguments as they must be for x of shape [2, 2]; `other` is its
 * cotangent, or the second of two inputs.
 */
export type AnyCall = (on: Softmax<unknown, Mode>, x: Input, options?: object, other?: Input) => unknown;

type Method = (...args: readonly unknown[]) => unknown;

const SQUARE = [
  [1, -1],
  [2, 0.5],
];
const LABELS = [0, 1];

/** @throws {Error} for an operation that has need of more than x: one of a tree, say */
export function callOf(op: OpName): AnyCall {
  const { arguments: names, options: known } = OPERATIONS[op];
  const [first, ...rest] = names;
  const cotangent = reducesRows(forwardOf(op)) ? LABELS : SQUARE;
  const argument = (name: InputName, x: Input, other: Input | undefined): unknown => {
    if (name === 'dy') return other ?? cotangent;
    if (name === 'target') return LABELS;
    if (name === 'k') return 2;
    return isGradient(op) ? x : (other ?? SQUARE);
  };
  return (on, x, options, other) => {
    if (first === 'h' || first === 'classes') throw new Error(`no call of ${op} fits x alone`);
    const args = [x, ...rest.map((name) => argument(name, x, other))];
    const given = takes(op, 'seed') ? { seed: 7, ...options } : options;
    return (on[op] as Method)(...args, ...(known.length > 0 ? [given] : []));
  };
}
