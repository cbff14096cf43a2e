import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';

/** The texts of a source tree by their path from its root, so that a test can write a small one in memory. */
export type Tree = ReadonlyMap<string, string>;
/** What it finds wrong with a tree, each a line that starts with a path. */
export type Rule = (tree: Tree) => string[];

const FOREIGN = new Set(['.git', '.turbo', 'assembly', 'coverage', 'dist', 'node_modules', 'vectors']);
const READ = /\.(ts|tsx|mts|mjs|js|json|yaml|md|html)$|(^|\/)\.ci\/run$/;

/** Reads a checkout, without what its `.gitignore` names, such as the report of a test run. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  // Patterns with a `*` are not understood: what they name is read.
  const ignored = new Set(readFileSync(join(root, '.gitignore'), 'utf8').split('\n'));
  const isIgnored = (name: string, path: string) => ignored.has(name) || ignored.has(path);
  const read = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !FOREIGN.has(entry.name) && !isIgnored(`${entry.name}/`, `${path}/`))
        read(path);
      if (entry.isFile() && READ.test(path) && !isIgnored(entry.name, path))
        tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  read('');
  return tree;
}

/** `packages/core` of `packages/core/src/layout/shape.ts`; the folder of the file outside the packages. */
export const packageOf = (path: string): string =>
  /^(packages|apps|tools)\/[^/]+|^[^/]*(?=\/)/.exec(path)?.[0] ?? '';

export const isCode = (path: string): boolean => /\.(m?[jt]s|tsx)$/.test(path);
/** Whatever is built with the sources, styles too. */
export const inSource = (path: string): boolean => /^(packages|apps|tools)\/[^/]+\/src\//.test(path);
export const isSource = (path: string): boolean => inSource(path) && isCode(path);
