import { fileURLToPath } from 'node:url';
import * as ops from '@softmax/core/ops';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What an editor shows beside each of the names that a file imports from `@softmax/core`. */
function hovers(names: readonly string[]): { readonly text: string; readonly tags: readonly string[] }[] {
  const file = fileURLToPath(new URL('hovered.ts', import.meta.url));
  const source = `import { ${names.join(', ')} } from '@softmax/core';\n`;
  const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] };
  const read = (path: string) => (path === file ? source : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => true,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => ts.ScriptSnapshot.fromString(read(path) ?? ''),
    getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
  });
  return names.map((name) => {
    const info = service.getQuickInfoAtPosition(file, source.search(new RegExp(`\\b${name}\\b`)));
    return {
      text: ts.displayPartsToString(info?.documentation),
      tags: info?.tags?.map((tag) => tag.name) ?? [],
    };
  });
}

test('an editor shows the documentation of every one-liner, and no tag that it does not know', () => {
  const names = Object.keys(ops);
  const shown = hovers(names).map(({ text, tags }, k) => [
    names[k],
    text.length > 10,
    text.includes('{@'),
    tags.includes('example'),
  ]);
  expect(shown).toEqual(names.map((name) => [name, true, false, true]));
});
