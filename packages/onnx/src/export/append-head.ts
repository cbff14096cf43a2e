import { type FloatType, type OpName, SoftmaxError } from '@softmax/core';
import type { Graph } from '../model/graph.ts';
import { type Field, int, join, message, parts, text } from '../model/wire.ts';
import { graphFields } from '../model/writer.ts';
import { head } from './head.ts';
import type { OperationOptions } from './operations.ts';
import { forOpset } from './opset.ts';
import { type Dimension, type ExportSettings, MAX_RANK, OPSETS, typed } from './options.ts';
import { GRAPH, MODEL, type Model, nameOf, namesIn, readModel, typeOf } from './read-model.ts';
import { describe, separated, withNames } from './to-onnx.ts';

/** The options of `toOnnx`; the model determines the type, the shape and the opset. */
export type AppendOptions<K extends OpName> = OperationOptions<K> &
  Pick<ExportSettings, 'precision' | 'names' | 'metadata'> & {
    /** The dimensions of the output, if the model does not state them. */
    readonly shape?: readonly Dimension[];
    /** Keeps the output beside the operation's results. Default: false, the results replace it. */
    readonly keep?: boolean;
  };

const FLOATS: readonly FloatType[] = ['float16', 'float32', 'float64'];

/**
 * Appends an operation to an output of an ONNX model, for example a softmax to its logits. The rest
 * of the model stays the same byte for byte: weights, references to external data, unknown fields.
 * Further arguments of the operation (`target`, a mask, …) become inputs of the model. Conflicting
 * names get a number.
 *
 * @param model the bytes of a model of opset 13 to 26
 * @param output the name of one of its outputs, of float16, float32 or float64
 * @throws {SoftmaxError} INVALID_MODEL: no model, or an incomplete one; UNSUPPORTED: its opset, or
 * the output's type; INVALID_OPTION: no such output, a wrong option; INVALID_SHAPE: the model does
 * not state the output's dimensions
 * @example
 * ```ts
 * const served = appendHead(await readFile('model.onnx'), 'logits', 'softmax', { names: { y: 'probabilities' } });
 * ```
 */
export function appendHead<K extends OpName>(
  model: Uint8Array,
  output: string,
  operation: K,
  options?: AppendOptions<K>,
): Uint8Array;
export function appendHead(
  bytes: Uint8Array,
  output: string,
  operation: OpName,
  options: { readonly [name: string]: unknown } = {},
): Uint8Array {
  return typed(() => appended(bytes, output, operation, options));
}

function appended(
  bytes: Uint8Array,
  output: string,
  operation: OpName,
  options: { readonly [name: string]: unknown },
): Uint8Array {
  const { keep = false, ...rest } = options;
  for (const name of ['dtype', 'opset', 'ir', 'producer'])
    if (name in rest)
      throw new SoftmaxError('INVALID_OPTION', 'options', name, 'what the model does not decide');
  const { settings, own } = separated(operation, rest);
  const model = readModel(bytes);
  const opset = opsetOf(model);
  const found = outputOf(model, output);
  const type = typeFor(output, found, options['shape'] === undefined ? undefined : settings.shape);
  const described = { ...settings, ...type };
  const { graph, first } = head(operation, own, described);

  const named = withNames(graph, settings.names, namesIn(model), { [first]: output });
  const replaced = keep ? [] : [found];
  const graphParts = [
    ...model.graph.filter((field) => !replaced.includes(field)).map(({ raw }) => raw),
    ...replaced.filter(() => !isTold(model, output)).map(({ body }) => message(GRAPH.valueInfo, [body])),
    ...graphFields(withDefaults(forOpset(named, opset), model)),
  ];
  const metadata = Object.entries({ ...describe(operation, own, described), ...settings.metadata });
  const keys = metadata.map(([key]) => key);
  const kept = model.fields.filter((each) => each.field !== MODEL.metadata || !keys.includes(nameOf(each)));
  const whole = kept.find(({ field }) => field === MODEL.graph);
  return join([
    ...kept.flatMap((each) => {
      if (each.field !== MODEL.graph) return [each.raw];
      return each === whole ? parts(MODEL.graph, graphParts) : [];
    }),
    ...(model.opset === undefined ? [message(MODEL.opset, [text(1, ''), int(2, opset)])] : []),
    ...metadata.map(([key, value]) => message(MODEL.metadata, [text(1, key), text(2, value)])),
  ]);
}

/**
 * Returns the opset of the operation: the model's, or the default if all its operators are of other
 * domains.
 */
function opsetOf({ ir, opset = 17 }: Model): number {
  const { low, high } = OPSETS;
  if (ir >= 3 && opset >= low && opset <= high) return opset;
  throw new SoftmaxError(
    'UNSUPPORTED',
    'model',
    `opset ${opset}, IR version ${ir}`,
    `opset ${low} to ${high}, IR version 3 or more: onnx.version_converter converts it`,
  );
}

/** Before IR version 4 every constant is also an input, with the constant as its default. */
const withDefaults = (graph: Graph, { ir }: Model): Graph =>
  ir >= 4 ? graph : { ...graph, inputs: [...graph.inputs, ...graph.initializers] };

function outputOf({ graph }: Model, name: string): Field {
  const outputs = graph.filter(({ field }) => field === GRAPH.output);
  const found = outputs.find((each) => nameOf(each) === name);
  if (found) return found;
  throw new SoftmaxError('INVALID_OPTION', 'output', name, outputs.map(nameOf).join(', '));
}

/** Returns true if the graph states the type of a value elsewhere than in its outputs. */
const isTold = ({ graph }: Model, name: string): boolean =>
  graph.some(
    (each) => (each.field === GRAPH.valueInfo || each.field === GRAPH.input) && nameOf(each) === name,
  );

function typeFor(
  name: string,
  output: Field,
  given: readonly Dimension[] | undefined,
): { readonly dtype: FloatType; readonly shape: readonly Dimension[] } {
  const { dtype, dims } = typeOf(output);
  const float = FLOATS.find((each) => each === dtype);
  if (float === undefined)
    throw new SoftmaxError('UNSUPPORTED', `output ${name}`, dtype ?? 'another type', FLOATS.join(', '));
  const shape = given ?? dims?.map((d, k) => d ?? `${name}.${k}`);
  if (shape === undefined)
    throw new SoftmaxError('INVALID_SHAPE', `output ${name}`, 'no dimensions', "the option 'shape'");
  if (shape.length > MAX_RANK)
    throw new SoftmaxError('INVALID_SHAPE', `output ${name}`, `${shape.length} axes`, `at most ${MAX_RANK}`);
  return { dtype: float, shape };
}
