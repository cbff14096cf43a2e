import type { FloatType } from '@softmax/core';
import { ONE, total } from './big.ts';
import { carried, choiceOf, chosen } from './choice.ts';
import { Expected } from './expected.ts';
import { Cells, Layer, opposite, type Sized, scaled, sized, stacked, type Value } from './layer.ts';
import { type Reduction, reduced } from './reduced.ts';
import { join, setTold, under } from './tree.ts';

/** Adaptive softmax as a user states it: matrices flat, widths from their lengths. */
export interface AdaptiveExample {
  readonly h: readonly number[];
  readonly d: number;
  readonly cutoffs: readonly number[];
  readonly head: readonly number[];
  readonly headBias?: readonly number[];
  readonly tails: readonly { readonly projection: readonly number[]; readonly weight: readonly number[] }[];
  readonly dtype: FloatType;
  readonly log?: boolean;
}

interface Layers {
  readonly head: Layer;
  readonly tails: readonly {
    readonly down: Layer;
    readonly up: Layer;
    readonly width: number;
    readonly size: number;
  }[];
  /** The number of classes. */
  readonly n: number;
}

function layersOf({ d, cutoffs, head, headBias, tails }: AdaptiveExample): Layers {
  const own = tails.map(({ projection, weight }) => {
    const width = projection.length / d;
    return {
      down: new Layer(projection, d),
      up: new Layer(weight, width),
      width,
      size: weight.length / width,
    };
  });
  const n = own.reduce((sum, { size }) => sum + size, cutoffs[0] as number);
  return { head: new Layer(head, d, headBias), tails: own, n };
}

const rowsOf = ({ h, d }: AdaptiveExample): Sized[][] =>
  Array.from({ length: h.length / d }, (_, row) => h.slice(row * d, (row + 1) * d).map(sized));

export function adaptiveSoftmax(example: AdaptiveExample): Expected {
  const { dtype, log = false, cutoffs } = example;
  const layers = layersOf(example);
  const first = cutoffs[0] as number;
  const { n } = layers;
  const rows = rowsOf(example);
  const out = new Expected(log ? 'log-probability' : 'probability', dtype, [rows.length, n], n);
  for (const [row, x] of rows.entries()) {
    const top = choiceOf(layers.head.logits(x));
    const told = (k: number) => ({
      p: top.q[k] as Value,
      log: top.log[k] as Value,
      moved: top.moved[k] as number,
    });
    for (let k = 0; k < first; k++) setTold(out, row * n + k, told(k), log);
    let at = row * n + first;
    for (const [i, { down, up }] of layers.tails.entries()) {
      const above = told(first + i);
      const own = choiceOf(alone(up.logits(down.logits(x))));
      for (const k of own.q.keys()) setTold(out, at++, under(above, own, k), log);
    }
  }
  return out;
}

export interface AdaptiveGradients {
  /** By the names of the results. */
  readonly gradients: { readonly [name: string]: Expected };
}

function gradientsOf(
  { dtype, d }: AdaptiveExample,
  { head, tails }: Layers,
  dh: readonly Cells[],
  blur: number,
): AdaptiveGradients['gradients'] {
  const top = head.db.all.length;
  const expected = (cells: Cells, shape: readonly number[]) =>
    cells.expected(dtype, shape, shape.at(-1) as number, blur);
  return {
    dh: expected(stacked(dh), [dh.length, d]),
    dhead: expected(head.dw, [top, d]),
    dheadBias: expected(head.db, [top]),
    ...Object.fromEntries(
      tails.flatMap(({ down, up, width, size }, i) => [
        [`dprojection${i}`, expected(down.dw, [width, d])],
        [`dtail${i}`, expected(up.dw, [size, width])],
      ]),
    ),
  };
}

export function adaptiveLoss(
  example: AdaptiveExample & Reduction,
  sign: 1 | -1 = 1,
): AdaptiveGradients & { readonly loss: Expected } {
  const { dtype, d, cutoffs, target } = example;
  const [layers, x] = [layersOf(example), rowsOf(example)];
  const dh = x.map(() => new Cells(d));
  let blur = 0;
  const loss = reduced(example, dtype, layers.n, (row, scale) => {
    const [label, features] = [target[row] as number, x[row] as Sized[]];
    const part = cutoffs.findLastIndex((first) => label >= first);
    const by = sign < 0 ? opposite(scale) : scale;
    const choose = (layer: Layer, from: readonly Sized[], which: number, into: Cells) => {
      const choice = choiceOf(alone(layer.logits(from)));
      blur = Math.max(blur, choice.blur);
      const dz = chosen(choice, which).map((term) => scaled(term, by));
      layer.back(from, dz.slice(0, layer.db.all.length), into);
      return { value: choice.log[which] as Value, moved: choice.moved[which] as number };
    };
    const top = choose(
      layers.head,
      features,
      part < 0 ? label : (cutoffs[0] as number) + part,
      dh[row] as Cells,
    );
    const tail = layers.tails[part];
    const signed = (v: Value) => (sign < 0 ? v : opposite(v));
    // A tail that is impossible is not read.
    if (!tail || top.value === Number.NEGATIVE_INFINITY)
      return { value: signed(top.value), moved: top.moved };
    const dt = new Cells(tail.width);
    const own = choose(tail.up, tail.down.logits(features), label - (cutoffs[part] as number), dt);
    tail.down.back(features, dt.all, dh[row] as Cells);
    return {
      value: signed(join(top.value, own.value, (a, b) => total([a, b]))),
      moved: top.moved + own.moved,
    };
  });
  return { loss, gradients: gradientsOf(example, layers, dh, 4 * blur) };
}

/** A tail of one class is certain: no logit to choose by. */
const alone = (logits: readonly Sized[]): readonly Sized[] => (logits.length === 1 ? [] : logits);

export function adaptiveSoftmaxGrad(example: AdaptiveExample, dy: readonly number[]): AdaptiveGradients {
  const { d, log = false, cutoffs } = example;
  const [layers, x] = [layersOf(example), rowsOf(example)];
  const first = cutoffs[0] as number;
  const { n } = layers;
  const dh = x.map(() => new Cells(d));
  let blur = 0;
  for (const [row, features] of x.entries()) {
    const top = choiceOf(layers.head.logits(features));
    const own = dy.slice(row * n, (row + 1) * n).map(sized);
    const g: (Sized | undefined)[] = own.slice(0, first);
    let at = first;
    for (const [i, { down, up, width, size }] of layers.tails.entries()) {
      const below = own.slice(at, at + size);
      at += size;
      g.push(undefined);
      // A tail that is impossible is not read.
      if (top.impossible[first + i]) continue;
      const t = down.logits(features);
      const choice = choiceOf(alone(up.logits(t)));
      blur = Math.max(blur, choice.blur);
      const { dz, above } = carried(choice, below, log);
      g[first + i] = above;
      const dt = new Cells(width);
      up.back(
        t,
        dz.map((term) => scaled(term, log ? ONE : (top.q[first + i] as Value))),
        dt,
      );
      down.back(features, dt.all, dh[row] as Cells);
    }
    blur = Math.max(blur, top.blur);
    layers.head.back(features, carried(top, g, log).dz, dh[row] as Cells);
  }
  return { gradients: gradientsOf(example, layers, dh, 8 * blur) };
}
