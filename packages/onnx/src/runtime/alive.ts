import type { Node } from '../model/graph.ts';

/** The nodes that something needed needs; `needed` becomes all that these need. */
export function alive(nodes: readonly Node[], needed: Set<string>): readonly Node[] {
  const kept = [...nodes].reverse().filter(({ inputs, outputs, attributes }) => {
    if (!outputs.some((name) => needed.has(name))) return false;
    for (const name of inputs) needed.add(name);
    for (const value of Object.values(attributes))
      if (typeof value === 'object' && 'body' in value)
        for (const inner of value.body.nodes) for (const name of inner.inputs) needed.add(name);
    return true;
  });
  return kept.reverse();
}
