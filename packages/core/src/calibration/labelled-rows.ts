import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { hostFloats } from '../input/input.ts';
import { cutClasses } from '../layout/axis.ts';
import { floatType } from '../layout/dtype.ts';
import { eachRow, load } from '../layout/rows.ts';
import { classesOf } from '../lowering/targets.ts';

export interface LabelledRowsOptions {
  /** The class axis. Default: −1. */
  readonly axis?: number;
  /** Rows with this label are skipped. Default: −100. */
  readonly ignoreIndex?: number;
}

export interface LabelledRows {
  /** The number of rows that are not ignored, at least one. */
  readonly count: number;
  /**
   * Visits each row in turn, in one buffer: its values, its label and the index of its first
   * maximum.
   */
  each(visit: (values: Float64Array, label: number, at: number) => void): void;
}

/** Reads rows as float64, one at a time, with their labels; copies only the current row. */
export function labelledRows(
  input: HostInput,
  labels: HostInput,
  { axis, ignoreIndex }: LabelledRowsOptions,
): LabelledRows {
  const x = hostFloats(input);
  const dtype = floatType(x.dtype);
  const rows = cutClasses(x.shape, axis);
  const classes = classesOf(labels, rows, ignoreIndex);
  const count = classes.reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0);
  if (count === 0)
    throw new SoftmaxError('EMPTY', 'labels', 'no row that counts', 'at least one that is not ignored');
  const z = new Float64Array(rows.n);
  return {
    count,
    each: (visit) =>
      eachRow(rows, (start, row) => {
        const label = classes[row] as number;
        if (label < 0) return;
        load(x.data, start, { ...rows, dtype }, z);
        let at = 0;
        for (let k = 0; k < z.length; k++) {
          const v = z[k] as number;
          if (!(v < Number.POSITIVE_INFINITY))
            throw new SoftmaxError('INVALID_INPUT', `x[${start + k * rows.inner}]`, v, 'numbers below +inf');
          if (v > (z[at] as number)) at = k;
        }
        visit(z, label, at);
      }),
  };
}
