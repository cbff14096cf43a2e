import { dirname } from 'node:path/posix';
import type { Tree } from './tree.ts';

type Versions = { readonly [name: string]: string };

export interface Manifest {
  /** Its folder, `packages/core`; empty for the root's. */
  readonly folder: string;
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: {
    readonly [entry: string]: string | { readonly types: string; readonly default: string };
  };
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
}

export function manifests(tree: Tree): Manifest[] {
  return [...tree]
    .filter(([path]) => /^((packages|apps|tools)\/[^/]+\/)?package\.json$/.test(path))
    .map(([path, text]) => ({ ...JSON.parse(text), folder: dirname(path).replace(/^\.$/, '') }));
}
