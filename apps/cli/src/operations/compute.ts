import type { Readable } from 'node:stream';
import type { OpName } from '@softmax/core';
import type { Opened } from '../candidate.ts';
import { explained } from '../explained.ts';
import { converted } from '../formats/converted.ts';
import { type Numbers, type NumberType, room } from '../formats/numbers.ts';
import type { Named, Rows } from '../formats/sink.ts';
import { type Source, wholeOf } from '../formats/source.ts';
import { interruptible } from '../signals.ts';
import { blockRows, seeded } from './block-plan.ts';
import { stacked } from './draws.ts';
import { invoke, resultRooms } from './invoke.ts';
import { openOperands, type Values } from './operands.ts';
import { OPERATIONS } from './operations.ts';

/** A call of an operation on numbers that may be more than fit into memory. */
export interface Computation {
  readonly op: OpName;
  readonly input: Source;
  /** Its options and further arguments, as the command line gave them. */
  readonly values: Values;
  /** The float type to take the input to; of oneHot that of the result. */
  readonly dtype: 'float16' | 'float32' | 'float64' | undefined;
  /** Of draws: how many of each row, one behind another in a new last axis, each of a stream of its own. */
  readonly draws?: number | undefined;
}

/** How many rows its results have in all: see `Rows`. */
export const rowsOf = ({ op, input, values }: Computation): Rows =>
  blockRows(OPERATIONS[op], input.shape, values) === undefined ? 'whole' : input.shape[0];

/** The results, block by block where rows are apart, else at once. The next block may overwrite the one before it. */
export async function* compute(
  on: Opened,
  { op, input, values, dtype, draws }: Computation,
  stdin: Readable,
): AsyncGenerator<Named> {
  const operation = OPERATIONS[op];
  const rows = blockRows(operation, input.shape, values);
  const operands = await explained(() =>
    openOperands(operation, values, rows === undefined ? undefined : input.shape, stdin),
  );
  const castRoom = room();
  const cast = (block: Numbers, to: NumberType | undefined) =>
    to === undefined || operation.input === 'classes' ? block : converted(block, to, castRoom);
  const more = dtype !== undefined && operation.input === 'classes' ? { dtype } : {};
  const rooms = resultRooms();
  const [noiseRoom, drawsRoom] = [room(), room()];
  const call = (block: Numbers, given: Values, start: number): Promise<Named> => {
    const once = (each: Values) => invoke(on, op, block, seeded(each, block, start, noiseRoom), rooms);
    return draws === undefined ? once(given) : stacked(draws, given, drawsRoom, once);
  };
  try {
    if (rows === undefined) {
      const read = await wholeOf(input);
      const whole = await interruptible(() => cast(read, dtype));
      const given = { ...(await operands.next(0)), ...more };
      yield await explained(
        () => invoke(on, op, whole, given),
        () => input.place,
      );
      return;
    }
    let [row, at] = [0, 0];
    for (let block = await input.next(rows); block; block = await input.next(rows)) {
      const count = block.shape[0] ?? 0;
      const given = await operands.next(count);
      const held = cast(block, dtype);
      const start = at;
      const from = row;
      const place = () => `${input.place}, of rows ${from} to ${from + count - 1}`;
      yield await explained(() => call(held, given, start), place);
      row += count;
      at += block.data.length;
    }
    await operands.end();
  } finally {
    await operands.close();
  }
}
