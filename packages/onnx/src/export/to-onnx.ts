import { SoftmaxError } from '@softmax/core';
import { OPERATIONS, type OpName } from '@softmax/core/operations';
import type { Graph } from '../model/graph.ts';
import { renamed, unused } from '../model/rename.ts';
import { writeModel } from '../model/writer.ts';
import { head } from './head.ts';
import type { OperationOptions } from './operations.ts';
import { forOpset } from './opset.ts';
import { checkedSettings, type ExportSettings, isMap, SETTINGS, typed } from './options.ts';

export type ExportOptions<K extends OpName> = OperationOptions<K> & ExportSettings;

/**
 * Exports an operation as an ONNX model, the bytes of a `.onnx` file. Inputs are the operation's
 * arguments (`x`, `dy`, `target`, …) and the options that are `'input'`
 * (a mask, noise, token weights); outputs are its results. Numeric options become part of the
 * model. Tensors must not be empty.
 * A model cannot throw at run time as core does: a class out of range gives a loss of NaN.
 *
 * A tree is part of the model. Its weights, and the parameters of adaptive softmax, are inputs
 * unless values are passed; values become part of the model. A model of adaptive softmax needs the
 * lengths: `{ cutoffs, classes, widths }`.
 *
 * @param options the operation's options in core, and options of the export: `shape`, `dtype`,
 * `precision`, `opset`, …
 * @throws {SoftmaxError} INVALID_OPTION, INVALID_AXIS, INVALID_TARGET; UNSUPPORTED for a tree of
 * one class, and for an opset below 16 if the gradient or the loss of a tree or of adaptive softmax
 * needs scatter-add
 * @see https://onnx.ai/onnx/repo-docs/IR.html
 * @example
 * ```ts
 * const model = toOnnx('softmax', { axis: 1, shape: ['batch', 1000, 'place'], temperature: 0.7, mask: 'input' });
 * const served = toOnnx('hierarchicalTopK', { tree: balancedTree(4), weight: [[1, 2], [3, 4], [5, 6]], k: 2 });
 * const learnt = toOnnx('adaptiveLossGrad', { parameters: { cutoffs: [2000], classes: 50000, widths: [64] } });
 * const loss = toOnnx('crossEntropy', { reduction: 'mean', labelSmoothing: 0.1, opset: 18, names: { x: 'logits' } });
 * ```
 */
export function toOnnx<K extends OpName>(operation: K, options?: ExportOptions<K>): Uint8Array;
export function toOnnx(operation: OpName, options: { readonly [name: string]: unknown } = {}): Uint8Array {
  return typed(() => exported(operation, options));
}

function exported(operation: OpName, options: { readonly [name: string]: unknown }): Uint8Array {
  const { settings, own } = separated(operation, options);
  const { opset, ir, producer, names } = settings;
  const { graph } = head(operation, own, settings);
  const named = withNames(graph, names, new Set(), {});
  const metadata = { ...describe(operation, own, settings), ...settings.metadata };
  return writeModel(forOpset(named, opset), { opset, ir, producer, metadata });
}

/** Validates the settings of the export, and separates the operation's options. */
export function separated(
  operation: OpName,
  options: object,
): { readonly settings: Required<ExportSettings>; readonly own: { readonly [name: string]: unknown } } {
  if (!Object.hasOwn(OPERATIONS, operation))
    throw new SoftmaxError('INVALID_OPTION', 'operation', operation, Object.keys(OPERATIONS).join(', '));
  if (!isMap(options)) throw new SoftmaxError('INVALID_OPTION', 'options', options, 'an object');
  const entries = Object.entries(options);
  const settings = checkedSettings(Object.fromEntries(entries.filter(([name]) => SETTINGS.includes(name))));
  const own = Object.fromEntries(entries.filter(([name]) => !SETTINGS.includes(name)));
  return { settings, own };
}

/** Options that the model contains in another form. */
const LARGE: ReadonlySet<string> = new Set(['tree', 'weight', 'bias', 'head', 'headBias', 'tails']);

/**
 * Limits text and lists that are longer than axes or cutoffs: a few hundred characters are enough
 * to identify a model.
 */
const isLong = (value: unknown): boolean =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length > 256 || Object.values(value).some((each) => typeof each === 'object')
    : false;

/** The metadata of a model. */
export const describe = (
  operation: OpName,
  own: object,
  { precision, dtype }: Required<ExportSettings>,
): { readonly [key: string]: string } => ({
  'softmax.operation': operation,
  'softmax.options': JSON.stringify(own, (name, value) =>
    isLong(value) || (LARGE.has(name) && typeof value === 'object') ? '…' : value,
  ),
  'softmax.precision': precision,
  'softmax.dtype': dtype,
});

/**
 * Renames the graph's inputs and outputs to the user's names, and all other values to unused names.
 */
export function withNames(
  graph: Graph,
  names: { readonly [name: string]: string },
  taken: ReadonlySet<string>,
  bound: { readonly [input: string]: string },
): Graph {
  const inputs = graph.inputs.filter(({ name }) => !(name in bound));
  const open = [...inputs, ...graph.outputs].map(({ name }) => name);
  for (const name of Object.keys(names))
    if (!open.includes(name)) throw new SoftmaxError('INVALID_OPTION', 'names', name, open.join(', '));
  const used = new Set(taken);
  const given = new Map(Object.entries(bound));
  for (const name of open) {
    const wanted = names[name];
    if (wanted !== undefined && used.has(wanted))
      throw new SoftmaxError('INVALID_OPTION', `names.${name}`, wanted, 'a name that nothing else has');
    const free = wanted ?? unused(name, (each) => used.has(each));
    used.add(free);
    given.set(name, free);
  }
  // An operation's name contains no slash.
  const scopes = new Set([...used].map((name) => name.slice(0, Math.max(name.indexOf('/'), 0))));
  const within = unused(graph.name, (each) => scopes.has(each));
  const named = renamed({ ...graph, inputs }, (name) => given.get(name) ?? `${within}/${name}`);
  return { ...named, name: within };
}
