import type { Case } from './case.ts';

const kebab = (op: string): string => op.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The stable id of a case: category/operation/name. */
export const idOf = ({ category, op, name }: Pick<Case, 'category' | 'op' | 'name'>): string =>
  `${category}/${kebab(op)}/${name}`;
