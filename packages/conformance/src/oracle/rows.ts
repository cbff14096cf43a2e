import type { Axis, Shape } from '@softmax/core';

/**
 * The indices of each row's elements in the flat data, rows and elements both in row-major order.
 */
export interface Cut {
  readonly rows: readonly (readonly number[])[];
  /** The shape without the axes of the row. */
  readonly reduced: Shape;
  readonly n: number;
}

/**
 * Assigns every element to its row by its coordinates: slow, but one method for one axis, several,
 * all or none.
 */
export function cutRows(shape: Shape, axis: Axis = -1): Cut {
  const rank = shape.length;
  const listed = axis === null ? shape.map((_, d) => d) : typeof axis === 'number' ? [axis] : axis;
  const axes = new Set(rank === 0 ? [] : listed.map((a) => (a < 0 ? a + rank : a)));
  const size = shape.reduce((a, b) => a * b, 1);
  const rows: number[][] = [];
  const reduced = shape.filter((_, d) => !axes.has(d));
  for (let flat = 0; flat < size; flat++) {
    let row = 0;
    let left = flat;
    let scale = 1;
    for (let d = rank - 1; d >= 0; d--) {
      const length = shape[d] as number;
      const at = left % length;
      left = (left - at) / length;
      if (axes.has(d)) continue;
      row += at * scale;
      scale *= length;
    }
    const own = rows[row];
    if (own) own.push(flat);
    else rows[row] = [flat];
  }
  return { rows, reduced, n: rows[0]?.length ?? 0 };
}
