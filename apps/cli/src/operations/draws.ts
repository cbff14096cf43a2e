import { allocated, type Numbers } from '../formats/numbers.ts';
import type { Named } from '../formats/sink.ts';
import type { Values } from './operands.ts';

/** Several independent draws: those of the streams from `stream` on, in a new last axis. */
export async function stacked(
  draws: number,
  values: Values,
  once: (values: Values) => Promise<Named>,
): Promise<Named> {
  const made: Numbers[] = [];
  for (let k = 0; k < draws; k++) {
    const stream = Number(values['stream'] ?? 0) + k;
    made.push(...Object.values(await once({ ...values, stream })));
  }
  const [{ shape, dtype, data: first } = { shape: [], dtype: 'int32', data: new Int32Array() } as Numbers] =
    made;
  const data = allocated(dtype, first.length * draws) as Int32Array;
  for (const [k, each] of made.entries())
    for (let row = 0; row < first.length; row++) data[row * draws + k] = Number(each.data[row]);
  return { classes: { data: data as Numbers['data'], dtype, shape: [...shape, draws] } };
}
