import { type ParseResult, parseSync, Visitor, type VisitorObject } from 'oxc-parser';
import { isCode, type Tree } from './tree.ts';

export interface Import {
  readonly path: string;
  readonly line: number;
  readonly specifier: string;
}

const parsed = new Map<string, ParseResult>();

function parse(path: string, text: string): ParseResult {
  const key = `${path}\n${text}`;
  const known = parsed.get(key) ?? parseSync(path, text, { preserveParens: false });
  if (known.errors[0]) throw new Error(`${path}: ${known.errors[0].message}`);
  parsed.set(key, known);
  return known;
}

export const program = (path: string, text: string): ParseResult['program'] => parse(path, text).program;

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Walks every file of code that `wanted` picks; `report` names the place and what is wrong there. */
export function look(
  tree: Tree,
  wanted: (path: string) => boolean,
  visitor: (report: (node: { start: number }, message: string) => void, path: string) => VisitorObject,
): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || !wanted(path)) continue;
    const report = (node: { start: number }, message: string): void => {
      found.push(`${path}:${lineAt(text, node.start)}: ${message}`);
    };
    new Visitor(visitor(report, path)).visit(program(path, text));
  }
  return found;
}

/** Everything that a file asks of another: imports, re-exports, `import()` as an expression and as a type. */
export function imports(tree: Tree): Import[] {
  const found: Import[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const add = (source: { type: string; start: number; value?: unknown } | null): void => {
      if (source && typeof source.value === 'string')
        found.push({ path, line: lineAt(text, source.start), specifier: source.value });
    };
    new Visitor({
      ImportDeclaration: (node) => add(node.source),
      ExportAllDeclaration: (node) => add(node.source),
      ExportNamedDeclaration: (node) => add(node.source),
      ImportExpression: (node) => add(node.source),
      TSImportType: (node) => add(node.source),
    }).visit(program(path, text));
  }
  return found;
}
