import { setImmediate as turn } from 'node:timers/promises';
import type { Numbers, Room } from '../formats/numbers.ts';
import type { Named } from '../formats/sink.ts';
import type { Values } from './operands.ts';

/** Several independent draws: those of the streams from `stream` on, in a new last axis. */
export async function stacked(
  draws: number,
  values: Values,
  memory: Room,
  once: (values: Values) => Promise<Named>,
): Promise<Named> {
  let classes: Numbers = { data: memory('int32', 0), dtype: 'int32', shape: [0, draws] };
  for (let k = 0; k < draws; k++) {
    await turn();
    const stream = Number(values['stream'] ?? 0) + k;
    for (const { data, dtype, shape } of Object.values(await once({ ...values, stream }))) {
      const all = memory(dtype, data.length * draws);
      for (let row = 0; row < data.length; row++) all[row * draws + k] = data[row] as never;
      classes = { data: all, dtype, shape: [...shape, draws] };
    }
  }
  return { classes };
}
