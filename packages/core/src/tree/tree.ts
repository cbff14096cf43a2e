import { SoftmaxError } from '../errors.ts';

/**
 * An immutable tree whose leaves are the classes. Its nodes are numbered breadth first: the root is
 * node 0, parents ascend, and the children of a node are consecutive.
 *
 * A node with two children has one weight row, the logit of the first child against the second. A
 * node with c > 2 children has c consecutive rows, a logit for each. An only child needs none.
 */
export class Tree {
  /** The number of classes. */
  readonly leaves: number;
  /** The number of weight rows. */
  readonly rows: number;
  /** The largest number of decisions on a path from the root to a leaf. */
  readonly depth: number;
  /** The parent of each node; −1 for the root. */
  readonly parents: Int32Array;
  /** The children of node v are first[v] … first[v + 1] − 1. */
  readonly first: Int32Array;
  /**
   * The weight row that decides for each node: its own, or the common one of two children; −1 if
   * there is none.
   */
  readonly rowOf: Int32Array;
  /** The class of each node; −1 for an inner node. */
  readonly classOf: Int32Array;
  /** The node of each class. */
  readonly nodeOf: Int32Array;

  /**
   * @param above the parent of each node in a numbering where the leaves come first, −1 for the
   * root
   * @param order the order in which nodes become children; default: ascending
   */
  constructor(above: ArrayLike<number>, order?: ArrayLike<number>) {
    const size = above.length;
    const start = new Int32Array(size + 1);
    let root = -1;
    for (let u = 0; u < size; u++) {
      const parent = above[u] as number;
      if (!Number.isInteger(parent) || parent < -1 || parent >= size)
        throw refuse(`parents[${u}]`, parent, `-1 for the root, or a node in [0, ${size})`);
      if (parent >= 0) (start[parent + 1] as number)++;
      else if (root >= 0) throw refuse('parents', `the roots ${root} and ${u}`, 'one root');
      else root = u;
    }
    if (root < 0) throw refuse('parents', `${size} nodes without a root`, 'one root, marked by -1');

    // The first weight row of each node, and, from their counts, its children in `children`.
    const row = new Int32Array(size + 1);
    let leaves = 0;
    for (let u = 0; u < size; u++) {
      const count = start[u + 1] as number;
      if (count === 0 && u !== leaves++)
        throw refuse(
          'parents',
          `leaf ${u} after an inner node`,
          'leaves numbered from 0, then the inner nodes',
        );
      row[u + 1] = (row[u] as number) + (count > 2 ? count : count === 2 ? 1 : 0);
      start[u + 1] = (start[u] as number) + count;
    }
    const children = new Int32Array(size);
    const end = start.slice();
    for (let k = 0; k < size; k++) {
      const u = order ? (order[k] as number) : k;
      if (u !== root) children[(end[above[u] as number] as number)++] = u;
    }

    this.leaves = leaves;
    this.rows = row[size] as number;
    this.parents = new Int32Array(size).fill(-1);
    this.first = new Int32Array(size + 1);
    this.rowOf = new Int32Array(size).fill(-1);
    this.classOf = new Int32Array(size).fill(-1);
    this.nodeOf = new Int32Array(leaves);
    const queue = new Int32Array(size);
    const level = new Int32Array(size);
    queue[0] = root;
    let created = 1;
    let depth = 0;
    for (let v = 0; v < created; v++) {
      const u = queue[v] as number;
      const [from, to] = [start[u] as number, start[u + 1] as number];
      this.first[v] = created;
      if (from === to) {
        this.classOf[v] = u;
        this.nodeOf[u] = v;
        depth = Math.max(depth, level[v] as number);
      }
      for (let k = from; k < to; k++, created++) {
        queue[created] = children[k] as number;
        this.parents[created] = v;
        level[created] = (level[v] as number) + (to - from > 1 ? 1 : 0);
        if (to - from > 1) this.rowOf[created] = (row[u] as number) + (to - from > 2 ? k - from : 0);
      }
    }
    this.first[size] = created;
    this.depth = depth;
    if (created !== size)
      throw refuse('parents', `${size - created} nodes in a cycle`, 'nodes that lead to the root');
    Object.freeze(this);
  }
}

const refuse = (subject: string, value: unknown, allowed: string) =>
  new SoftmaxError('INVALID_INPUT', subject, value, allowed);
