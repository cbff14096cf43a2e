import type { Problem, Shape } from '@softmax/core';
import type { GraphBuilder, Value } from '../model/builder.ts';
import type { ElementType, ValueInfo } from '../model/graph.ts';
import { sizesOf } from '../runtime/feeds.ts';
import { Dimensions, type Lengths } from './dimensions.ts';
import type { Dimension } from './options.ts';
import type { Sample } from './sample.ts';

type Options = { readonly [name: string]: unknown };
type Groups = readonly (readonly Dimension[])[];

/** Converts the tensors of a model to the rows of a kernel, and back. */
export class Adapter {
  readonly g: GraphBuilder;
  readonly options: Options;
  readonly sample: Sample;
  readonly #lengths: Lengths;
  readonly #dimensions: Dimensions;
  readonly #rows: { readonly [name: string]: readonly Dimension[] };
  readonly #inputs = new Map<string, { readonly value: Value; readonly dims: readonly Dimension[] }>();

  constructor(g: GraphBuilder, options: Options, sample: Sample, lengths: Lengths, shape: Shape) {
    this.g = g;
    this.options = options;
    this.sample = sample;
    this.#lengths = lengths;
    this.#dimensions = new Dimensions(g);
    this.#rows = split(shape, sample.call.problem, lengths);
  }

  /**
   * An input of the model, by its name in core, with dimensions that correspond to the sample's.
   */
  input(name: string, dtype: ElementType, shape: Shape): Value {
    const dims = this.#lengths.dimensions(shape);
    const value = this.#inputs.get(name)?.value ?? this.g.input(name, dtype, dims);
    this.#inputs.set(name, { value, dims });
    this.#dimensions.declare(value, dims);
    return value;
  }

  /** A value of the sample's shape, permuted to the kernel's axes, dimensions and type. */
  toKernel(value: Value, shape: Shape, { dims }: Pick<ValueInfo, 'dims'>, order?: readonly number[]): Value {
    const from = this.#lengths.dimensions(order ? order.map((d) => shape[d] as number) : shape);
    const ordered = order ? this.g.node('Transpose', [value], { perm: order }) : value;
    return this.#reshape(ordered, single(from), this.#groups(dims, shape));
  }

  /** One value for each of the kernel's rows, or for other given dimensions. */
  expand(value: Value, { dims }: Pick<ValueInfo, 'dims'>): Value {
    return this.g.node('Expand', [value, this.#dimensions.vector(this.#groups(dims))]);
  }

  /** The length of the rows, if it is known at export time. */
  get known(): number | undefined {
    const { n = [] } = this.#rows;
    const lengths = n.filter((d) => typeof d === 'number');
    return lengths.length === n.length ? lengths.reduce((a, b) => a * b, 1) : undefined;
  }

  /** The length as a vector of one. */
  length(): Value {
    return this.#dimensions.vector(this.#groups(['n']));
  }

  /** A result in the user's shape and order of axes. */
  fromKernel(
    value: Value,
    { dims }: Pick<ValueInfo, 'dims'>,
    shape: Shape,
    order?: readonly number[],
  ): { readonly value: Value; readonly dims: readonly Dimension[] } {
    const moved = order ? order.map((d) => shape[d] as number) : shape;
    const flat = this.#reshape(value, this.#groups(dims, shape), single(this.#lengths.dimensions(moved)));
    const back = order
      ? this.g.node('Transpose', [flat], { perm: order.map((_, d) => order.indexOf(d)) })
      : flat;
    return { value: back, dims: this.#lengths.dimensions(shape) };
  }

  #reshape(value: Value, from: Groups, to: Groups): Value {
    const text = (groups: Groups) => JSON.stringify(groups.map((group) => group.filter((d) => d !== 1)));
    return text(from) === text(to) ? value : this.g.node('Reshape', [value, this.#dimensions.vector(to)]);
  }

  /** The dimensions of the model that correspond to lengths of the sample. */
  dimensions(shape: Shape): readonly Dimension[] {
    return this.#lengths.dimensions(shape);
  }

  /** The kernel's dimensions as products of the model's. */
  #groups(dims: ValueInfo['dims'], shape: Shape = []): Groups {
    const sizes = sizesOf(this.sample.call.problem, dims, shape);
    return dims.map((d, k) => this.#rows[d] ?? [sizes[k] as number]);
  }
}

const single = (dims: readonly Dimension[]): Groups => dims.map((d) => [d]);

/**
 * Finds the dimensions that form the kernel's three: all free lengths of the sample are at least 2.
 */
function split(shape: Shape, { outer, inner }: Problem, lengths: Lengths) {
  const dims = lengths.dimensions(shape);
  const size = (of: Shape) => of.reduce((a, b) => a * b, 1);
  let first = 0;
  while (size(shape.slice(0, first)) !== outer) first++;
  let last = shape.length;
  while (size(shape.slice(last)) !== inner) last--;
  return { outer: dims.slice(0, first), n: dims.slice(first, last), inner: dims.slice(last) };
}
