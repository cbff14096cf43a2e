import { parseSync } from 'oxc-parser';
import type { Manifest } from './manifests.ts';

function exported(path: string, text: string): string[] {
  return parseSync(path, text)
    .module.staticExports.flatMap(({ entries }) => entries)
    .map(({ exportName }) => exportName.name ?? exportName.kind.toLowerCase());
}

/** What an entry exports, sorted; a name that is declared but not there at run time is a type. */
export function exportedNames(declarations: string, code: string): string[] {
  const values = new Set(exported('entry.js', code));
  return exported('entry.d.ts', declarations)
    .map((name) => (values.has(name) ? name : `type ${name}`))
    .sort();
}

export interface Entry {
  /** As an import names it: `@softmax/onnx/node`. */
  readonly name: string;
  /** Where it is built, from the root, without `.js` and `.d.ts`. */
  readonly built: string;
}

/** Every entry of every package that is published. */
export function entries(manifests: readonly Manifest[]): Entry[] {
  return manifests
    .filter((manifest) => !manifest.private)
    .flatMap(({ folder, name, exports }) =>
      Object.entries(exports ?? {}).flatMap(([entry, target]) =>
        typeof target === 'string'
          ? []
          : [
              {
                name: entry.replace('.', name),
                built: `${folder}/${target.default.replace(/^\.\/|\.js$/g, '')}`,
              },
            ],
      ),
    );
}
