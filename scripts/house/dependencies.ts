import { manifests } from './manifests.ts';
import type { Rule } from './tree.ts';

/** What a package's users install with it. Peers are their own choice, and apps may take what they need. */
const RUNTIME: { readonly [name: string]: readonly string[] } = {
  '@softmax/core': [],
  '@softmax/wasm': ['@softmax/core'],
  '@softmax/onnx': ['@softmax/core'],
  '@softmax/conformance': ['@softmax/core', 'fast-check'],
};

export const fewRuntimeDependencies: Rule = (tree) =>
  manifests(tree).flatMap(({ folder, name, dependencies, optionalDependencies }) => {
    const allowed = RUNTIME[name];
    if (!allowed)
      return folder.startsWith('packages/') ? [`${folder}: ${name} has no list of dependencies`] : [];
    return Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((dependency) => !allowed.includes(dependency))
      .map((dependency) => `${folder}/package.json: ${name} must not need ${dependency} at run time`);
  });

export const exactVersions: Rule = (tree) => {
  const seen = new Map<string, string>();
  return manifests(tree).flatMap(({ folder, dependencies, devDependencies, optionalDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).flatMap(
      ([name, version]) => {
        const first = seen.get(name) ?? version;
        seen.set(name, first);
        const where = `${folder}/package.json: ${name} ${version}`.replace(/^\//, '');
        if (version !== 'workspace:*' && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
          return [`${where} is no exact version`];
        return version === first ? [] : [`${where}, but ${first} elsewhere`];
      },
    ),
  );
};
