import { SEAMS } from './seams.ts';
import { look } from './syntax.ts';
import type { Rule, Tree } from './tree.ts';

export const noAny: Rule = (tree) =>
  look(
    tree,
    () => true,
    (report) => ({ TSAnyKeyword: (node) => report(node, '`any`') }),
  );

export const doubleCasts = (tree: Tree, wanted: (path: string) => boolean): string[] =>
  look(tree, wanted, (report) => ({
    TSAsExpression({ start, expression }) {
      if (expression.type === 'TSAsExpression' && expression.typeAnnotation.type === 'TSUnknownKeyword')
        report({ start }, '`as unknown as` outside the seam');
    },
  }));

export const noDoubleCasts: Rule = (tree) => doubleCasts(tree, (path) => !Object.hasOwn(SEAMS, path));

export const noConsole: Rule = (tree) =>
  look(
    tree,
    (path) => /^packages\/[^/]+\/src\//.test(path),
    (report) => ({
      Identifier(node) {
        if (node.name === 'console') report(node, '`console` in a package');
      },
    }),
  );
