import { SoftmaxError } from '@softmax/core';
import type { Attribute, Graph, Initializer, Node } from '../model/graph.ts';

/**
 * A graph of opset 17 in the words of another. From 18 on the axes of these reductions are an input; before 15 Shape
 * gives all lengths, and before 16 no scatter adds. Nothing else that the recipes use differs between 13 and 26.
 *
 * @throws {SoftmaxError} UNSUPPORTED where an older opset cannot say it
 */
export function forOpset(graph: Graph, opset: number): Graph {
  const vectors = new Map<string, Initializer>();
  const ints = (...values: readonly number[]): string => {
    const name = `${graph.name}/axes[${values}]`;
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    vectors.set(name, { name, dtype: 'int64', dims: [values.length], raw });
    return name;
  };
  const rewritten = (node: Node): readonly Node[] => {
    const { op, inputs, outputs, attributes } = node;
    const { axes, start, end, body, ...others } = attributes;
    if (opset < 16 && attributes['reduction'] !== undefined)
      throw new SoftmaxError('UNSUPPORTED', `${graph.name}: opset`, opset, `16 or more, for ${op} that adds`);
    if (opset >= 18 && REDUCTIONS.has(op) && axes !== undefined)
      return [{ op, inputs: [...inputs, ints(...numbers(axes))], outputs, attributes: others }];
    if (opset < 15 && op === 'Shape' && (start ?? end) !== undefined) {
      const all = `${outputs[0]}/all`;
      const from = ints(...numbers(start ?? 0));
      const to = ints(...numbers(end ?? Number.MAX_SAFE_INTEGER));
      return [
        { op, inputs, outputs: [all], attributes: {} },
        { op: 'Slice', inputs: [all, from, to], outputs, attributes: {} },
      ];
    }
    if (typeof body !== 'object' || !('body' in body)) return [node];
    const nodes = body.body.nodes.flatMap(rewritten);
    return [{ ...node, attributes: { ...others, body: { body: { ...body.body, nodes } } } }];
  };
  const nodes = graph.nodes.flatMap(rewritten);
  return { ...graph, nodes, initializers: [...graph.initializers, ...vectors.values()] };
}

const REDUCTIONS = new Set([
  'ReduceMax',
  'ReduceMin',
  'ReduceProd',
  'ReduceMean',
  'ReduceL1',
  'ReduceLogSumExp',
]);

const numbers = (attribute: Attribute): readonly number[] =>
  typeof attribute === 'number' ? [attribute] : (attribute as readonly number[]);
