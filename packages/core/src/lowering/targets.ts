import type { HostTensor, Operand } from '../contract/call.ts';
import { SoftmaxError } from '../errors.ts';
import { hostValues, type Input } from '../input/input.ts';
import type { Cut } from '../layout/axis.ts';
import { type FloatType, parameterType } from '../layout/dtype.ts';
import { eachRow } from '../layout/rows.ts';
import { fits, numbers } from './options.ts';

/** Returns the class of each row; −1 for a row whose target is `ignoreIndex`. */
export function classesOf(target: Input, rows: Cut, ignoreIndex = -100, mask?: Operand): Int32Array {
  if (!Number.isInteger(ignoreIndex))
    throw new SoftmaxError('INVALID_OPTION', 'ignoreIndex', ignoreIndex, 'an integer');
  const { outer, n, inner, reduced, kept } = rows;
  const { data, shape } = hostValues(target, 'target');
  fits('target', shape, [reduced, kept], outer * inner);
  const allowed = mask && (mask.from as HostTensor).data;
  const classes = new Int32Array(outer * inner);
  eachRow(rows, (start, row) => {
    const label = Number(data[row]);
    const ignored = label === ignoreIndex;
    const refuse = (received: string, what: string) =>
      new SoftmaxError('INVALID_TARGET', `target[${row}]`, received, what);
    if (!ignored && !(Number.isInteger(label) && label >= 0 && label < n))
      throw refuse(String(label), `integers in [0, ${n}), and ${ignoreIndex} for a row to ignore`);
    if (!ignored && allowed?.[start + label * inner] === 0)
      throw refuse(`${label}, which the mask hides`, 'a class that the mask allows');
    classes[row] = ignored ? -1 : label;
  });
  return classes;
}

/** Reads one finite weight ≥ 0 for each class. */
export function classWeightsOf(
  input: Input | undefined,
  n: number,
  dtype: FloatType,
): HostTensor | undefined {
  if (input === undefined) return;
  const { data, shape } = hostValues(input, 'weight');
  fits('weight', shape, [[n]], n);
  return numbers('weight', data, [n], parameterType(dtype), 0, Number.MAX_VALUE);
}
