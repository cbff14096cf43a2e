import type { Shape } from '@softmax/core';
import type { GraphBuilder, Value } from '../model/builder.ts';
import type { Dimension } from './options.ts';

/** Lengths that a model knows only at run time, by the places where they can be read. */
export class Dimensions {
  readonly #g: GraphBuilder;
  readonly #places = new Map<string, { readonly input: Value; readonly axis: number }>();
  readonly #read = new Map<string, Value>();

  constructor(g: GraphBuilder) {
    this.#g = g;
  }

  /** The named dimensions of an input, all known afterwards. */
  declare(input: Value, dims: readonly Dimension[]): void {
    for (const [axis, d] of dims.entries())
      if (typeof d === 'string' && !this.#places.has(d)) this.#places.set(d, { input, axis });
  }

  /** A vector of lengths, each the product of a list. */
  vector(lengths: readonly (readonly Dimension[])[]): Value {
    const parts = lengths.map((factors) => this.#product(factors));
    const fixed = parts.filter((part) => typeof part === 'number');
    if (fixed.length === parts.length) return this.#g.ints(...fixed);
    const vectors = parts.map((part) => (typeof part === 'number' ? this.#g.ints(part) : part));
    return vectors.length === 1 ? (vectors[0] as Value) : this.#g.node('Concat', vectors, { axis: 0 });
  }

  /** A known number, otherwise a vector of one. */
  #product(factors: readonly Dimension[]): number | Value {
    const known = factors.reduce<number>((product, d) => (typeof d === 'number' ? product * d : product), 1);
    const named = factors.filter((d) => typeof d === 'string').map((d) => this.#length(d));
    if (named.length === 0) return known;
    const first = known === 1 ? [] : [this.#g.ints(known)];
    return [...first, ...named].reduce((product, length) => this.#g.node('Mul', [product, length]));
  }

  #length(name: string): Value {
    const { input, axis } = this.#places.get(name) as { input: Value; axis: number };
    const read = this.#read.get(name) ?? this.#g.node('Shape', [input], { start: axis, end: axis + 1 });
    this.#read.set(name, read);
    return read;
  }
}

/** Up to this number a length stays unchanged in a sample. */
const SMALL = 16;

/**
 * Lengths for a sample call: small, and different for different names, so a result's dimensions
 * identify their names. Long lengths are renamed, because a model may have rows that are too long
 * for a sample.
 */
export class Lengths {
  readonly #names = new Map<number, Dimension>();
  readonly #taken: Set<number>;

  /** @param taken lengths in the options: no other length may be one of these */
  constructor(taken: readonly unknown[]) {
    this.#taken = new Set(taken.filter((value) => typeof value === 'number'));
  }

  of(dims: readonly Dimension[]): Shape {
    const own = (d: Dimension): d is number => typeof d === 'number' && (d <= SMALL || this.#taken.has(d));
    for (const d of dims) if (own(d)) this.#taken.add(d);
    return dims.map((d) => (own(d) ? d : this.#lengthOf(d)));
  }

  dimensions(shape: Shape): Dimension[] {
    return shape.map((length) => this.#names.get(length) ?? length);
  }

  #lengthOf(name: Dimension): number {
    for (const [length, known] of this.#names) if (known === name) return length;
    let length = 2;
    while (this.#taken.has(length) || this.#names.has(length)) length++;
    this.#names.set(length, name);
    return length;
  }
}
