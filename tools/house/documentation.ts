import { posix } from 'node:path';
import { program } from './syntax.ts';
import type { Rule } from './tree.ts';

/** What an index gives away by value: the file that it comes from, and its name there. */
function given(index: string, text: string): { path: string; name: string }[] {
  return program(index, text).body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.source || statement.exportKind === 'type')
      return [];
    const path = posix.join(posix.dirname(index), statement.source.value);
    return statement.specifiers
      .filter(({ exportKind, local }) => exportKind !== 'type' && local.type === 'Identifier')
      .map(({ local }) => ({ path, name: local.type === 'Identifier' ? local.name : '' }));
  });
}

/** The doc comment of a function; undefined where the file declares none of that name. */
function commentOf(text: string, name: string): string | undefined {
  const at = text.search(new RegExp(`^export (async )?function\\*? ${name}\\b`, 'm'));
  if (at < 0) return;
  const before = text.slice(0, at);
  return before.endsWith('*/\n') ? before.slice(before.lastIndexOf('/**')) : '';
}

const lacks = (index: string, tags: (name: string) => readonly string[]): Rule => {
  return (tree) =>
    given(index, tree.get(index) ?? '').flatMap(({ path, name }) => {
      const comment = commentOf(tree.get(path) ?? '', name);
      if (comment === undefined) return [];
      return tags(name)
        .filter((tag) => !comment.includes(` * ${tag}`))
        .map((tag) => `${path}: ${name} has no ${tag}`);
    });
};

const publicFunctions = lacks('packages/core/src/index.ts', () => ['@example']);
/** An operation says too what it refuses, and where it comes from; a gradient comes from the operation it is of. */
const operations = lacks('packages/core/src/ops/index.ts', (name) =>
  name.endsWith('Grad') ? ['@example', '@throws'] : ['@example', '@throws', '@see'],
);

export const documented: Rule = (tree) => [...publicFunctions(tree), ...operations(tree)];
