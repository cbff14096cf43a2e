import { alive } from '../runtime/alive.ts';
import { ON_DEVICE } from '../runtime/on-device.ts';
import type { Elementwise, Value } from './elementwise.ts';
import type { Attribute, Body, ElementType, Graph, Initializer, Node, ValueInfo } from './graph.ts';
import { nearestHalf } from './half.ts';
import { ELEMENT_TYPES } from './writer.ts';

export type { Elementwise, Value } from './elementwise.ts';

/** `[outer, n, inner]` of a problem, and one value for each row. */
export const ALL: readonly string[] = ['outer', 'n', 'inner'];
export const ROWS: readonly (string | 1)[] = ['outer', 1, 'inner'];

/** The type that a graph computes in: float32 where the provider has no other. */
export type Working = 'float32' | 'float64';

export interface Arithmetic {
  readonly working: Working;
  readonly turns: number;
}

/** Builds a graph line by line, with the standard's operator names; rows run along axis 1. */
export class GraphBuilder {
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  #nodes: Node[] = [];
  #made = 0;
  readonly #initializers = new Map<string, Initializer>();

  /** The working type of all operators. */
  readonly working: Working;
  /** The number of times that rows are cut into blocks until one is left. */
  readonly turns: number;

  constructor({ working = 'float64', turns = 1 }: Partial<Arithmetic> = {}) {
    this.working = working;
    this.turns = turns;
  }

  /** The graph without unused nodes. */
  get graph(): Graph {
    const needed = new Set(this.#outputs.map(({ name }) => name));
    const nodes = alive(this.#nodes, needed);
    const used = ({ name }: { readonly name: string }) => needed.has(name);
    return {
      name: 'kernel',
      inputs: this.#inputs.filter(used),
      outputs: this.#outputs,
      initializers: [...this.#initializers.values()].filter(used),
      nodes,
    };
  }

  /**
   * An input of the graph, with the name of the kernel's input or the problem's field that feeds
   * it.
   */
  input(name: string, dtype: ElementType, dims: ValueInfo['dims'] = []): Value {
    this.#inputs.push({ name, dtype, dims });
    return name;
  }

  /** An input converted to the working type. */
  double(name: string, dtype: ElementType, dims: ValueInfo['dims'] = []): Value {
    const value = this.input(name, dtype, dims);
    return dtype === this.working ? value : this.cast(value, this.working);
  }

  /** A number of the problem. */
  number(name: string): Value {
    return this.input(name, this.working);
  }

  /** Outputs a value under its own name, rounded once. */
  output(name: string, value: Value, dtype: ElementType, dims: ValueInfo['dims'] = []): void {
    this.#outputs.push({ name, dtype, dims });
    const exact =
      dtype === 'float16'
        ? nearestHalf((op, ...inputs) => this.op(op, ...inputs), this.cast(value, 'float64'))
        : value;
    this.node('Cast', [exact], { to: ELEMENT_TYPES[dtype] }, name);
  }

  /** Outputs a value that already has its type. */
  result(name: string, value: Value, dtype: ElementType, dims: ValueInfo['dims']): void {
    this.#outputs.push({ name, dtype, dims });
    this.node('Identity', [value], {}, name);
  }

  op(op: Elementwise, ...inputs: readonly Value[]): Value {
    const rewrite = this.working === 'float32' ? ON_DEVICE[op] : undefined;
    return rewrite ? rewrite(this, ...inputs) : this.node(op, inputs);
  }

  cast(value: Value, dtype: ElementType): Value {
    return this.node('Cast', [value], { to: ELEMENT_TYPES[dtype] });
  }

  node(
    op: string,
    inputs: readonly Value[],
    attributes: { readonly [name: string]: Attribute } = {},
    output = `${op}.${this.#made++}`,
  ): Value {
    this.#push(op, inputs, attributes, [output]);
    return output;
  }

  /** Adds an operator with several results. */
  nodes(
    op: string,
    inputs: readonly Value[],
    attributes: { readonly [name: string]: Attribute },
    count: number,
  ): readonly Value[] {
    const own = this.#made++;
    const outputs = Array.from({ length: count }, (_, k) => `${op}.${own}.${k}`);
    this.#push(op, inputs, attributes, outputs);
    return outputs;
  }

  /**
   * Adds a Loop: `body` computes the next state from the last one and the number of the iteration
   * (int64), and returns a condition for another. There are at most `times` iterations, and none
   * unless `first`. Collected values are stacked.
   */
  loop(
    initial: readonly Value[],
    body: (state: readonly Value[], turn: Value) => Turn,
    { times = '', first = this.bool(true) }: { readonly times?: Value; readonly first?: Value } = {},
  ): readonly Value[] {
    const own = this.#made++;
    const outside = this.#nodes;
    this.#nodes = [];
    const [turn, before] = [`turn.${own}`, `before.${own}`];
    const state = initial.map((_, k) => `state.${own}.${k}`);
    const next = body(state, turn);
    // A body may not output its own inputs or outer values directly.
    const again = this.node('Identity', [next.again ?? before]);
    const given = [...next.state, ...(next.collected ?? [])].map((value) => this.node('Identity', [value]));
    const outputs = [again, ...given].map(String);
    const nodes = alive(this.#nodes, new Set(outputs));
    this.#nodes = outside;
    const graph: Body = { name: `body.${own}`, turn, before, state, outputs, nodes };
    return this.nodes('Loop', [times, first, ...initial], { body: { body: graph } }, given.length);
  }

  /** Copies the nodes and constants of another graph unchanged. */
  add({ nodes, initializers }: Pick<Graph, 'nodes' | 'initializers'>): void {
    this.#nodes.push(...nodes);
    for (const initializer of initializers) this.#initializers.set(initializer.name, initializer);
  }

  ints(...values: readonly number[]): Value {
    const { buffer } = BigInt64Array.from(values, BigInt);
    return this.constant(`[${values}]`, 'int64', [values.length], buffer);
  }

  int(value: number): Value {
    return this.constant(`${value}i`, 'int64', [], BigInt64Array.of(BigInt(value)).buffer);
  }

  bool(value: boolean): Value {
    return this.constant(String(value), 'bool', [], Uint8Array.of(Number(value)).buffer);
  }

  /** A float32 constant. */
  single(value: number): Value {
    return this.constant(`${value}f`, 'float32', [], Float32Array.of(value).buffer);
  }

  #push(
    op: string,
    inputs: readonly Value[],
    attributes: Node['attributes'],
    outputs: readonly string[],
  ): void {
    this.#nodes.push({ op, inputs: inputs.map((input) => this.#named(input)), outputs, attributes });
  }

  #named(input: Value): string {
    if (typeof input === 'string') return input;
    const name = Object.is(input, -0) ? '-0' : String(input);
    if (this.working === 'float32') return String(this.single(input));
    return this.constant(name, 'float64', [], Float64Array.of(input).buffer);
  }

  constant(name: string, dtype: ElementType, dims: readonly number[], elements: ArrayBuffer): string {
    if (!this.#initializers.has(name))
      this.#initializers.set(name, { name, dtype, dims, raw: new Uint8Array(elements) });
    return name;
  }
}

/** The results of an iteration of a loop. */
export interface Turn {
  readonly state: readonly Value[];
  readonly again?: Value;
  readonly collected?: readonly Value[];
}
