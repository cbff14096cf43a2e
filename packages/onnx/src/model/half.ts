import type { Elementwise, Value } from './elementwise.ts';
import type { Graph, Node, ValueInfo } from './graph.ts';
import { ELEMENT_TYPES } from './writer.ts';

/**
 * The float16 nearest to a float64, ties to even: a Cast goes through float32 and would round
 * twice. The spacing is 2⁻¹⁰ of the number's power of two
 * (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point summation", 2008, algorithm 3.5), never
 * below 2⁻²⁴; adding and subtracting 1.5·2⁵² of it rounds.
 */
export function nearestHalf(
  op: (op: Elementwise, ...inputs: readonly Value[]) => Value,
  value: Value,
): Value {
  const q = op('Mul', op('Abs', value), 2 ** 52 + 1);
  // Not q·(1 − 2⁻⁵³): onnxruntime 1.30 removes a factor that is 1 in float32.
  const power = op('Sub', q, op('Sub', q, op('Mul', q, 2 ** -53)));
  const cut = op('Mul', op('Max', power, 2 ** -14), 1.5 * 2 ** 42);
  const rounded = op('Sub', op('Add', value, cut), cut);
  const beyond = op('GreaterOrEqual', op('Abs', value), 65520);
  return op('Where', beyond, op('Mul', value, Number.POSITIVE_INFINITY), rounded);
}

/**
 * Returns the graph with a float32 of the same value in place of every float16 input and output.
 */
export function inFloat32(graph: Graph): Graph {
  const single = (value: ValueInfo): ValueInfo =>
    value.dtype === 'float16' ? { ...value, dtype: 'float32' } : value;
  const halves = new Set(graph.outputs.filter(({ dtype }) => dtype === 'float16').map(({ name }) => name));
  const castOut = (node: Node): Node =>
    node.outputs.some((name) => halves.has(name))
      ? { ...node, attributes: { to: ELEMENT_TYPES.float32 } }
      : node;
  return {
    ...graph,
    inputs: graph.inputs.map(single),
    outputs: graph.outputs.map(single),
    nodes: graph.nodes.map(castOut),
  };
}
