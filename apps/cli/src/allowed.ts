import type { Category, Subject } from '@softmax/conformance';
import type { Level } from '@softmax/core';
import { InvalidArgumentError } from 'commander';
import { OPERATIONS } from './operations/operations.ts';

const isSubject = (name: string): name is Subject => name === 'contract' || Object.hasOwn(OPERATIONS, name);
export const SUBJECTS: readonly Subject[] = [...Object.keys(OPERATIONS), 'contract'].filter(isSubject);

export const LEVELS: readonly Level[] = ['S1', 'S2', 'S3'];

/** Listed so that the compiler asks for a new one. */
const CATEGORY: { readonly [C in Category]: C } = {
  contract: 'contract',
  special: 'special',
  known: 'known',
  accuracy: 'accuracy',
  law: 'law',
  gradient: 'gradient',
  statistics: 'statistics',
  endurance: 'endurance',
  pair: 'pair',
};
export const CATEGORIES: readonly Category[] = Object.values(CATEGORY);

/** Reads names by commas, or the option given several times. */
export const listOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string, before: readonly T[] = []): readonly T[] => {
    const found = text.split(',').map((part) => {
      const name = allowed.find((each) => each === part.trim());
      if (name === undefined) throw new InvalidArgumentError(`Allowed choices are ${allowed.join(', ')}.`);
      return name;
    });
    return [...before, ...found];
  };
