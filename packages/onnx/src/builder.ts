import type { Attribute, ElementType, Graph, Initializer, Node, ValueInfo } from './graph.ts';
import { ELEMENT_TYPES } from './writer.ts';

/** The operators that need no attribute. */
export type Elementwise =
  | 'Abs'
  | 'Add'
  | 'And'
  | 'Div'
  | 'Equal'
  | 'Exp'
  | 'Greater'
  | 'IsInf'
  | 'IsNaN'
  | 'Less'
  | 'Log'
  | 'Max'
  | 'Mul'
  | 'Neg'
  | 'Or'
  | 'Sub'
  | 'Tanh'
  | 'Where';

/** A value of the graph, by its name; a plain number stands for a float64 constant. */
export type Value = string | number;

/** `[outer, n, inner]` of a problem, and one value for each of its rows. */
export const ALL: readonly string[] = ['outer', 'n', 'inner'];
export const ROWS: readonly (string | 1)[] = ['outer', 1, 'inner'];

/** Builds a graph line by line, with the operators' names from the standard; rows run along axis 1. */
export class GraphBuilder {
  readonly #name: string;
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, Initializer>();

  constructor(name: string) {
    this.#name = name;
  }

  /** The graph without what no output needs. */
  get graph(): Graph {
    const needed = new Set(this.#outputs.map(({ name }) => name));
    const nodes = [...this.#nodes].reverse().filter(({ inputs, outputs }) => {
      const alive = outputs.some((name) => needed.has(name));
      if (alive) for (const name of inputs) needed.add(name);
      return alive;
    });
    const used = ({ name }: { readonly name: string }) => needed.has(name);
    return {
      name: this.#name,
      inputs: this.#inputs.filter(used),
      outputs: this.#outputs,
      initializers: [...this.#initializers.values()].filter(used),
      nodes: nodes.reverse(),
    };
  }

  /** An input of the graph, named as the kernel's input or the problem's field that feeds it. */
  input(name: string, dtype: ElementType, dims: ValueInfo['dims'] = []): Value {
    this.#inputs.push({ name, dtype, dims });
    return name;
  }

  /** The same as float64. */
  double(name: string, dtype: ElementType, dims: ValueInfo['dims'] = []): Value {
    const value = this.input(name, dtype, dims);
    return dtype === 'float64' ? value : this.cast(value, 'float64');
  }

  /** Gives a value out under its own name, rounded once. */
  output(name: string, value: Value, dtype: ElementType, dims: ValueInfo['dims'] = []): void {
    this.#outputs.push({ name, dtype, dims });
    this.node('Cast', [value], { to: ELEMENT_TYPES[dtype] }, name);
  }

  op(op: Elementwise, ...inputs: readonly Value[]): Value {
    return this.node(op, inputs);
  }

  cast(value: Value, dtype: ElementType): Value {
    return this.node('Cast', [value], { to: ELEMENT_TYPES[dtype] });
  }

  node(
    op: string,
    inputs: readonly Value[],
    attributes: { readonly [name: string]: Attribute } = {},
    output = `${op}.${this.#nodes.length}`,
  ): Value {
    this.#nodes.push({
      op,
      inputs: inputs.map((input) => this.#named(input)),
      outputs: [output],
      attributes,
    });
    return output;
  }

  ints(...values: readonly number[]): Value {
    const { buffer } = BigInt64Array.from(values, BigInt);
    return this.#constant(`[${values}]`, 'int64', [values.length], buffer);
  }

  #named(input: Value): string {
    if (typeof input === 'string') return input;
    const name = Object.is(input, -0) ? '-0' : String(input);
    return this.#constant(name, 'float64', [], Float64Array.of(input).buffer);
  }

  #constant(name: string, dtype: ElementType, dims: readonly number[], elements: ArrayBuffer): string {
    if (!this.#initializers.has(name))
      this.#initializers.set(name, { name, dtype, dims, raw: new Uint8Array(elements) });
    return name;
  }
}
