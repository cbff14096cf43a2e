import { Scrolled } from '../style/scrolled.tsx';
import { layoutOf } from './tree-layout.ts';
import { pathTo, type Vocabulary } from './vocabulary.ts';

const WIDE = 66;
const HIGH = 48;
const MARGIN = 34;

interface Drawing {
  readonly vocabulary: Vocabulary;
  readonly word: number;
}

/** The tree, with the path of a word lit up and the share of each turn on it. */
export function TreeDrawing({ vocabulary, word }: Drawing) {
  const { tree, below, words } = vocabulary;
  const places = layoutOf(tree).map(({ x, depth }) => ({ x: MARGIN + x * WIDE, y: 16 + depth * HIGH }));
  const path = new Set(pathTo(vocabulary, word));
  const deepest = Math.max(...places.map(({ y }) => y));
  const size = { width: 2 * MARGIN + (words.length - 1) * WIDE, height: deepest + 40 };
  const nodes = [...places.keys()];
  const share = (node: number) => (below[node] ?? 0) / (below[tree.parents[node] ?? 0] ?? 1);
  return (
    <Scrolled label="The tree">
      <svg
        class="tree"
        viewBox={`0 0 ${size.width} ${size.height}`}
        style={{ minWidth: `${size.width * 0.75}px` }}
        role="img"
        aria-label={`The path to “${words[word]}” takes ${path.size - 1} decisions in a tree of ${words.length} words.`}
      >
        {nodes.slice(1).map((node) => {
          const [to, from] = [places[node], places[tree.parents[node] ?? 0]];
          return (
            <path
              key={node}
              class={path.has(node) ? 'lit' : undefined}
              d={`M${from?.x},${from?.y} C${from?.x},${(from?.y ?? 0) + HIGH / 2} ${to?.x},${(to?.y ?? 0) - HIGH / 2} ${to?.x},${to?.y}`}
            />
          );
        })}
        {nodes.map((node) => (
          <circle
            key={node}
            class={path.has(node) ? 'lit' : undefined}
            cx={places[node]?.x}
            cy={places[node]?.y}
            r={tree.classOf[node] === -1 ? 4 : 6}
          />
        ))}
        {nodes
          .filter((node) => tree.classOf[node] !== -1)
          .map((node) => (
            <text
              key={node}
              class={path.has(node) ? 'lit' : undefined}
              x={places[node]?.x}
              y={(places[node]?.y ?? 0) + 22}
            >
              {words[tree.classOf[node] ?? 0]}
            </text>
          ))}
        {nodes
          .filter((node) => node > 0 && path.has(node))
          .map((node) => (
            <text key={node} class="share" x={(places[node]?.x ?? 0) + 10} y={(places[node]?.y ?? 0) + 5}>
              {share(node).toFixed(2)}
            </text>
          ))}
      </svg>
    </Scrolled>
  );
}
