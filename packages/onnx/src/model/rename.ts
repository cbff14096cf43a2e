import type { Attribute, Graph, Node } from './graph.ts';

/** Returns the graph with its values renamed. */
export function renamed(graph: Graph, nameOf: (name: string) => string): Graph {
  const each = <T extends { readonly name: string }>(values: readonly T[]): T[] =>
    values.map((value) => ({ ...value, name: nameOf(value.name) }));
  const body = (attribute: Attribute): Attribute => {
    if (typeof attribute !== 'object' || !('body' in attribute)) return attribute;
    const { name, turn, before, state, outputs, nodes } = attribute.body;
    return {
      body: {
        name: nameOf(name),
        turn: nameOf(turn),
        before: nameOf(before),
        state: all(state),
        outputs: all(outputs),
        nodes: nodes.map(nodeOf),
      },
    };
  };
  const nodeOf = ({ op, inputs, outputs, attributes }: Node): Node => ({
    op,
    inputs: all(inputs),
    outputs: all(outputs),
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, body(value)])),
  });
  // An empty name stands for an absent optional input.
  const all = (names: readonly string[]) => names.map((name) => name && nameOf(name));
  return {
    ...graph,
    inputs: each(graph.inputs),
    outputs: each(graph.outputs),
    initializers: each(graph.initializers),
    nodes: graph.nodes.map(nodeOf),
  };
}

/** The name itself, or with the first number that makes it unique. */
export function unused(name: string, taken: (name: string) => boolean): string {
  let free = name;
  for (let k = 1; taken(free); k++) free = `${name}_${k}`;
  return free;
}
