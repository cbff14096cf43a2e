import { SoftmaxError } from '@softmax/core';
import type { ElementType } from '../model/graph.ts';
import { Budget, type Bytes, type Field, fields, string } from '../model/wire.ts';
import { ELEMENT_TYPES } from '../model/writer.ts';
import type { Dimension } from './options.ts';

/** The parts of a model that an appended operation needs. Field numbers are those of onnx.proto. */
export interface Model {
  readonly fields: readonly Field[];
  /**
   * The fields of its graph; a message in pieces counts as one
   * (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
   */
  readonly graph: readonly Field[];
  /** The graphs for training, which use its values. */
  readonly training: readonly Field[];
  readonly ir: number;
  /** The opset of the standard operators, if the model imports them. */
  readonly opset: number | undefined;
}

export const MODEL: { readonly [name in 'ir' | 'graph' | 'opset' | 'metadata' | 'training']: number } = {
  ir: 1,
  graph: 7,
  opset: 8,
  metadata: 14,
  training: 20,
};
export const GRAPH: {
  readonly [name in 'node' | 'initializer' | 'input' | 'output' | 'valueInfo' | 'sparse']: number;
} = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13, sparse: 15 };

/**
 * @throws {SoftmaxError} INVALID_MODEL, with its cause, if the bytes are no model, or not a
 * complete one
 */
export function readModel(bytes: Uint8Array): Model {
  if (!(bytes instanceof Uint8Array)) throw notAModel(bytes, undefined);
  return parsed(`${bytes.length} bytes`, () => {
    const budget = new Budget();
    const all = fields(bytes, budget);
    const graphs = all.filter(({ field }) => field === MODEL.graph);
    const opsets = all.filter(({ field }) => field === MODEL.opset).map(({ body }) => fields(body));
    const ir = all.findLast(({ field }) => field === MODEL.ir);
    if (!ir || graphs.length === 0 || opsets.length === 0)
      throw new RangeError('it lacks the version of its form, its graph or its operators');
    const domains = opsets.map((opset) => domainOf(opset, 1));
    const imported = new Set(domains);
    const graph = graphs.flatMap(({ body }) => fields(body, budget));
    const nodes = graph.filter(({ field }) => field === GRAPH.node);
    const lost = nodes.map(({ body }) => domainOf(fields(body), 7)).find((domain) => !imported.has(domain));
    if (lost !== undefined) throw new RangeError(`it lacks the version of the operators of '${lost}'`);
    const standard = opsets[domains.indexOf('')];
    return {
      fields: all,
      graph,
      training: all.filter(({ field }) => field === MODEL.training).flatMap((each) => graphsOf(each, budget)),
      ir: Number(ir.value),
      opset: standard && Number(standard.find(({ field }) => field === 2)?.value ?? 0n),
    };
  });
}

/** Fields of TrainingInfoProto: the graph of the initial weights (1), and of the next ones (2). */
const graphsOf = ({ body }: Field, budget: Budget): Field[] =>
  fields(body)
    .filter(({ field }) => field === 1 || field === 2)
    .flatMap((graph) => fields(graph.body, budget));

const notAModel = (given: unknown, cause: unknown): SoftmaxError =>
  new SoftmaxError(
    'INVALID_MODEL',
    'model',
    given,
    'the whole bytes of an ONNX model, of at most 2^18 fields, names of 2^16 bytes, 32 levels of subgraphs',
    cause,
  );

function parsed<T>(given: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw notAModel(given, error);
  }
}

const stringOf = (of: readonly Field[], number: number): string => {
  const found = of.findLast(({ field }) => field === number);
  return found ? string(found) : '';
};

/** The domain of the standard operators has two names. */
const domainOf = (of: readonly Field[], number: number): string =>
  stringOf(of, number).replace(/^ai\.onnx$/, '');

export const nameOf = (value: Field): string => parsed('a name', () => stringOf(fields(value.body), 1));

/** Collects every name in the graphs, including their subgraphs: values and nodes. */
export function namesIn({ graph, training }: Model): Set<string> {
  const names = new Set<string>();
  return parsed('a graph', () => {
    for (const each of [graph, training]) addNames(each, names);
    return names;
  });
}

/**
 * The maximum depth of subgraphs: onnxruntime also reads them by recursion, and protobuf allows 100
 * nested messages.
 */
const MAX_DEPTH = 32;

function addNames(graph: readonly Field[], names: Set<string>, depth = 0): void {
  if (depth > MAX_DEPTH) throw new RangeError(`subgraphs in one another to a depth above ${MAX_DEPTH}`);
  for (const { field, body } of graph) {
    if (field === GRAPH.initializer) names.add(stringOf(fields(body), 8));
    else if (field === GRAPH.input || field === GRAPH.output || field === GRAPH.valueInfo)
      names.add(stringOf(fields(body), 1));
    else if (field === GRAPH.sparse) {
      for (const part of fields(body)) if (part.field === 1) names.add(stringOf(fields(part.body), 8));
    } else if (field === GRAPH.node) {
      for (const part of fields(body)) {
        if (part.field >= 1 && part.field <= 3) names.add(string(part));
        else if (part.field === 5)
          for (const inner of subgraphs(part)) addNames(fields(inner), names, depth + 1);
      }
    }
  }
}

/** An attribute's graph (6) and graphs (11). */
const subgraphs = ({ body }: Field): Bytes[] =>
  fields(body)
    .filter(({ field }) => field === 6 || field === 11)
    .map((part) => part.body);

/**
 * The type of a value: its element type (undefined if unsupported), and its dimensions if present.
 */
export interface ValueType {
  readonly dtype: ElementType | undefined;
  readonly dims: readonly (Dimension | undefined)[] | undefined;
}

export function typeOf(value: Field): ValueType {
  return parsed('a value', () => {
    const inside = (of: readonly Field[], number: number): readonly Field[] | undefined => {
      const pieces = of.filter(({ field }) => field === number);
      return pieces.length === 0 ? undefined : pieces.flatMap(({ body }) => fields(body));
    };
    const tensor = inside(inside(fields(value.body), 2) ?? [], 1) ?? [];
    const code = Number(tensor.findLast(({ field }) => field === 1)?.value ?? 0n);
    const dtype = Object.entries(ELEMENT_TYPES).find(([, known]) => known === code)?.[0];
    const dims = inside(tensor, 2)?.filter(({ field }) => field === 1);
    return { dtype: dtype as ElementType | undefined, dims: dims?.map(dimension) };
  });
}

function dimension({ body }: Field): Dimension | undefined {
  const [found] = fields(body).filter(({ field }) => field === 1 || field === 2);
  if (!found) return undefined;
  return found.field === 2
    ? string(found) || undefined
    : Math.max(Number(BigInt.asIntN(64, found.value)), 0) || undefined;
}
