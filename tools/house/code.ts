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

/** Hostile values are just those that no honest type allows: fuzz targets are left out. */
export const noDoubleCasts: Rule = (tree) =>
  doubleCasts(tree, (path) => !Object.hasOwn(SEAMS, path) && !path.includes('/fuzz/'));

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

/**
 * V8 compiles `other[name]`, with the name of a for…in loop over one object, for objects of that one's form, and deoptimizes
 * at each `other` that is not (Node 24). Writing it is no such thing.
 */
export const noForeignKeys: Rule = (tree) =>
  look(
    tree,
    (path) => /^packages\/[^/]+\/src\//.test(path),
    (report) => {
      const loops: (readonly [name: string, object: string])[] = [];
      const written = new Set<unknown>();
      const nameOf = (node: { type: string; name?: unknown }) =>
        node.type === 'Identifier' ? String(node.name) : '';
      return {
        ForInStatement({ left, right }) {
          const [one] = left.type === 'VariableDeclaration' ? left.declarations : [];
          loops.push([one ? nameOf(one.id) : '', nameOf(right)]);
        },
        'ForInStatement:exit'() {
          loops.pop();
        },
        AssignmentExpression({ left }) {
          written.add(left);
        },
        MemberExpression(node) {
          if (!node.computed || written.has(node)) return;
          const key = nameOf(node.property);
          const object = nameOf(node.object);
          if (key && loops.some(([name, own]) => name === key && (object === '' || object !== own)))
            report(node, `another object is read by \`${key}\` of a for…in loop`);
        },
      };
    },
  );
