import { createSoftmax, type OpName, Tensor } from '@softmax/core';
import type { Opened } from '../candidate.ts';
import { type Numbers, type Room, room } from '../formats/numbers.ts';
import type { Named } from '../formats/sink.ts';
import { interruptible } from '../signals.ts';
import type { Values } from './operands.ts';
import { OPERATIONS } from './operations.ts';

type Method = (...args: readonly unknown[]) => unknown;

/** Memory for the results of one call after another, by their names. */
export const resultRooms = (): Rooms => {
  const rooms = new Map<string, Room>();
  return (name) => {
    const found = rooms.get(name) ?? room();
    rooms.set(name, found);
    return found;
  };
};
type Rooms = (name: string) => Room;

/** One call of an operation on a backend, its results copied into `rooms` and given back. */
export function invoke(
  on: Opened,
  op: OpName,
  input: Numbers,
  values: Values,
  rooms: Rooms = resultRooms(),
): Promise<Named> {
  return on.use(async (backend): Promise<Named> => {
    const methods: { readonly [name: string]: unknown } = createSoftmax(backend);
    const made = await interruptible(() => (methods[op] as Method)(...argumentsOf(op, input, values)));
    const tensors =
      made instanceof Tensor ? { [resultOf(op)]: made } : (made as { readonly [name: string]: Tensor });
    const named: { [name: string]: Numbers } = {};
    try {
      for (const [name, tensor] of Object.entries(tensors)) {
        const { dtype, shape } = tensor;
        const found = on.values?.(tensor) ?? (await tensor.data());
        const data = rooms(name)(dtype, found.length);
        // Both arrays are of one type.
        data.set(found as never);
        named[name] = { data, dtype, shape };
      }
    } finally {
      for (const tensor of Object.values(tensors)) tensor.dispose();
    }
    return named;
  });
}

/** What a function takes in the place of an option of the command line. */
function argumentsOf(op: OpName, input: Numbers, values: Values): unknown[] {
  const { arguments: names, options: known } = OPERATIONS[op];
  const { probabilities, normalized, factors, ...rest } = values;
  const behind = names.map((name) =>
    name === 'target' && probabilities !== undefined ? { probabilities, normalized } : rest[name],
  );
  const options = Object.entries(rest).filter(([name]) => known.some((each) => each === name));
  const made = Object.fromEntries([...options, ...(factors === undefined ? [] : [['b', factors]])]) as object;
  // Those of two numbers take no options.
  return known.length === 0 ? [input, ...behind] : [input, ...behind, made];
}

/** A single result is given without its name. */
const resultOf = (op: OpName): string => OPERATIONS[op].results[0] as string;
