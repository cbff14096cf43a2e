import type { Rule } from './tree.ts';

const TRACES = [
  { pattern: /(?<![\w.~}])\/(home|root|work|Users)\//, what: 'a path of one machine' },
  { pattern: /\bregistry\.\w+\.(org|com)\b/, what: "a registry's address" },
];

/** A clone must work anywhere: nothing may point at the machine it was written on, or where that one downloads. */
export const noMachineTraces: Rule = (tree) =>
  [...tree].flatMap(([path, text]) =>
    TRACES.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${path}: ${what}`),
  );
