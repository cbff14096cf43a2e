import { basename, extname } from 'node:path/posix';
import { program } from './syntax.ts';
import { isCode, isSource, type Rule } from './tree.ts';

/** The limit. Files aim at 200 lines, and none is split to please a counter. */
const LONGEST = 400;
/** Data and generated code, which nobody reads from top to bottom. */
const UNREAD = /(^|\/)(data|generated|vectors)\/|\.generated\.ts$/;

export const noLongFiles: Rule = (tree) =>
  [...tree].flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n').length;
    return isCode(path) && !UNREAD.test(path) && lines > LONGEST
      ? [`${path}: ${lines} lines, at most ${LONGEST}`]
      : [];
  });

/** Names that say nothing about what a file holds. */
const EMPTY_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'types']);

export const noEmptyNames: Rule = (tree) =>
  [...tree.keys()].flatMap((path) => {
    const empty = path.split('/').find((part) => EMPTY_NAMES.has(basename(part, extname(part))));
    return empty ? [`${path}: "${empty}" does not say what it holds`] : [];
  });

export const indexOnlyReexports: Rule = (tree) =>
  [...tree].flatMap(([path, text]) => {
    if (!isSource(path) || basename(path) !== 'index.ts') return [];
    return program(path, text).body.flatMap((statement) =>
      statement.type === 'ExportNamedDeclaration' && statement.source
        ? []
        : [`${path}: ${statement.type} where only \`export { name } from\` belongs`],
    );
  });
