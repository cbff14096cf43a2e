import { manifests } from './manifests.ts';
import type { Rule } from './tree.ts';

const CORE = '@softmax/core';

/** What the users of a package install with it, where that is not core alone. Peers are their own choice. */
const RUNTIME: { readonly [name: string]: readonly string[] } = {
  [CORE]: [],
  '@softmax/conformance': [CORE, 'fast-check'],
};

export const fewRuntimeDependencies: Rule = (tree) =>
  manifests(tree)
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap(({ folder, name, dependencies, optionalDependencies }) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((dependency) => !(RUNTIME[name] ?? [CORE]).includes(dependency))
        .map((dependency) => `${folder}/package.json: ${name} must not need ${dependency} at run time`),
    );

/** Where a package must have another version than all others, and why. */
const OWN_VERSIONS: { readonly [dependency: string]: string } = {
  'docs typescript': 'typedoc asks the compiler, and TypeScript 7 has no interface for that',
};

export const exactVersions: Rule = (tree) => {
  const seen = new Map<string, string>();
  return manifests(tree).flatMap(
    ({ folder, name: owner, dependencies, devDependencies, optionalDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).flatMap(
        ([name, version]) => {
          const own = `${owner} ${name}` in OWN_VERSIONS;
          const first = (own ? undefined : seen.get(name)) ?? version;
          if (!own) seen.set(name, first);
          const where = `${folder}/package.json: ${name} ${version}`.replace(/^\//, '');
          if (version !== 'workspace:*' && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
            return [`${where} is no exact version`];
          return version === first ? [] : [`${where}, but ${first} elsewhere`];
        },
      ),
  );
};
