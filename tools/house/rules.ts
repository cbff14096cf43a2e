import { noAny, noConsole, noDoubleCasts, noForeignKeys } from './code.ts';
import { exactVersions, fewRuntimeDependencies } from './dependencies.ts';
import { documented } from './documentation.ts';
import { importGraph, noCycles, noDeepImports } from './import-graph.ts';
import { indexOnlyReexports, noEmptyNames, noLongFiles } from './layout.ts';
import { noMachineTraces } from './machine-traces.ts';
import type { Rule } from './tree.ts';

export const RULES: { readonly [name: string]: Rule } = {
  documented,
  exactVersions,
  fewRuntimeDependencies,
  importGraph,
  indexOnlyReexports,
  noAny,
  noConsole,
  noCycles,
  noDeepImports,
  noDoubleCasts,
  noEmptyNames,
  noForeignKeys,
  noLongFiles,
  noMachineTraces,
};
