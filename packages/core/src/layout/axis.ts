import { SoftmaxError } from '../errors.ts';
import { type Rows, type Shape, sizeOf } from './shape.ts';

/**
 * One axis, several that are normalised together, or `null` for all; negative counts from the end.
 * Default: −1. Adjacent axes need no copy. Others, such as [0, 2] of three, are moved to the end
 * and back: one copy of x and of the result, and for a device tensor a transfer to the host and
 * back.
 */
export type Axis = number | readonly number[] | null;

/** Describes how a tensor is cut into rows. */
export interface Cut extends Rows {
  readonly shape: Shape;
  /** The tensor's shape without its reduced axes, and with these axes as 1. */
  readonly reduced: Shape;
  readonly kept: Shape;
  /** The order of axes that makes the reduced ones the last; only if they are not adjacent. */
  readonly order: readonly number[] | undefined;
}

/**
 * The latest cut along one axis. Consecutive calls mostly share a shape, which is frozen: a new cut
 * takes 0.2 µs.
 */
let latest: { readonly axis: number; readonly cut: Cut } | undefined;

/** Interprets an axis; no other code does. */
export function cut(shape: Shape, axis: Axis = -1): Cut {
  if (latest && latest.cut.shape === shape && latest.axis === axis) return latest.cut;
  const axes = axesOf(shape, axis);
  const others = shape.map((_, d) => d).filter((d) => !axes.includes(d));
  const first = axes[0] ?? shape.length;
  const adjacent = axes.every((d, k) => d === first + k);
  const lengths = (of: readonly number[]) => of.map((d) => shape[d] as number);
  const reduced = lengths(others);
  const result: Cut = {
    shape,
    outer: adjacent ? sizeOf(shape.slice(0, first)) : sizeOf(reduced),
    n: sizeOf(lengths(axes)),
    inner: adjacent ? sizeOf(shape.slice(first + axes.length)) : 1,
    reduced,
    kept: shape.map((length, d) => (axes.includes(d) ? 1 : length)),
    order: adjacent ? undefined : [...others, ...axes],
  };
  if (typeof axis === 'number') latest = { axis, cut: result };
  return result;
}

/** Cuts rows of classes: one axis, so a class is an index on it. */
export function cutClasses(shape: Shape, axis?: number): Cut {
  if (axis === undefined || typeof axis === 'number') return cut(shape, axis);
  throw new SoftmaxError('INVALID_AXIS', 'axis', axis, 'one axis, that of the classes');
}

function axesOf(shape: Shape, axis: Axis): number[] {
  // A scalar is one row of one element for every valid axis.
  const rank = shape.length || 1;
  const refuse = () => {
    const allowed = `integers in [${-rank}, ${rank - 1}], each once; null for all axes`;
    return new SoftmaxError('INVALID_AXIS', 'axis', axis, allowed);
  };
  if (axis === null) return shape.map((_, d) => d);
  const list = typeof axis === 'number' ? [axis] : axis;
  if (!Array.isArray(list) || list.length > rank) throw refuse();
  const axes: number[] = [];
  for (const a of list) {
    if (!Number.isInteger(a) || a < -rank || a >= rank) throw refuse();
    const place = a < 0 ? a + rank : a + 0;
    if (axes.includes(place)) throw refuse();
    axes.push(place);
  }
  return shape.length ? axes.sort((a, b) => a - b) : [];
}
