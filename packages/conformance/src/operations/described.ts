import { type InputName, OPERATIONS, type OpName } from '@softmax/core/operations';

/** Returns true if an operation has an argument or an option of this name. */
export const takes = (op: OpName, name: InputName): boolean =>
  OPERATIONS[op].arguments.includes(name) || OPERATIONS[op].options.includes(name);

export const isGradient = (op: OpName): boolean => OPERATIONS[op].gradientOf !== undefined;

/** The operation itself, or the one that a gradient differentiates. */
export const forwardOf = (op: OpName): OpName => (OPERATIONS[op].gradientOf ?? op) as OpName;

/** Returns true if it gives one number for each row of logits or probabilities. */
export const reducesRows = (op: OpName): boolean => takes(op, 'keepDims');

/** Returns true for a loss of logits against the classes of their rows. */
export const isLoss = (op: OpName): boolean => takes(op, 'x') && takes(op, 'target');

/** Returns the operations for which the condition is true. */
export const operationsThat = (holds: (op: OpName) => boolean): readonly OpName[] =>
  (Object.keys(OPERATIONS) as OpName[]).filter(holds);
