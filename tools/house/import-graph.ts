import { join } from 'node:path/posix';
import { type Manifest, manifests } from './manifests.ts';
import { type Import, imports } from './syntax.ts';
import { inSource, isSource, packageOf, type Rule } from './tree.ts';

const CORE = '@softmax/core';

/** core ← conformance, onnx, wasm ← apps, tools. A backend's tests run the plan, so they may ask for conformance too. */
function allowed(from: Manifest, to: Manifest, inTests: boolean): boolean {
  if (/^(apps|tools)\//.test(from.folder) || from.folder === '') return true;
  if (from.name === CORE) return false;
  return to.name === CORE || (inTests && to.name === '@softmax/conformance');
}

/** `@softmax/onnx` of `@softmax/onnx/node`. */
const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

export const importGraph: Rule = (tree) => {
  const known = manifests(tree);
  const named = new Map(known.map((manifest) => [manifest.name, manifest]));
  const inFolder = new Map(known.map((manifest) => [manifest.folder, manifest]));
  const byImport = imports(tree).flatMap(({ path, line, specifier }) => {
    const from = inFolder.get(packageOf(path));
    const to = named.get(packageName(specifier));
    const fine = !from || !to || from === to || allowed(from, to, !isSource(path));
    return fine ? [] : [`${path}:${line}: ${from.name} must not import ${to.name}`];
  });
  const byManifest = known.flatMap((from) =>
    [from.dependencies, from.peerDependencies, from.optionalDependencies, from.devDependencies].flatMap(
      (versions) =>
        Object.keys(versions ?? {}).flatMap((name) => {
          const to = named.get(name);
          const fine = !to || allowed(from, to, versions === from.devDependencies);
          return fine ? [] : [`${from.folder}/package.json: ${from.name} must not depend on ${name}`];
        }),
    ),
  );
  return [...byImport, ...byManifest];
};

const resolved = ({ path, specifier }: Import): string => join(path, '..', specifier);

export const noDeepImports: Rule = (tree) => {
  const entries = new Map(manifests(tree).map(({ name, exports }) => [name, exports ?? {}]));
  return imports(tree).flatMap((found) => {
    const { path, line, specifier } = found;
    const where = `${path}:${line}`;
    if (specifier.startsWith('.')) {
      const home = packageOf(path);
      const target = resolved(found);
      // The fuzz targets of packages share their hostile values, and nobody installs them.
      const isFuzz = [path, target].every((each) => /^(packages|apps)\/[^/]+\/fuzz\//.test(each));
      if (isFuzz) return [];
      if (packageOf(target) !== home && home !== '') return [`${where}: ${specifier} leaves ${home}`];
      if (isSource(path) && !inSource(target)) return [`${where}: ${specifier} leaves src`];
      return [];
    }
    const name = packageName(specifier);
    const entry = specifier.replace(name, '.');
    const deep = entries.has(name) && !Object.hasOwn(entries.get(name) ?? {}, entry);
    return deep ? [`${where}: ${specifier} is no entry of ${name}`] : [];
  });
};

export const noCycles: Rule = (tree) => {
  const edges = new Map<string, Import[]>();
  for (const found of imports(tree))
    if (found.specifier.startsWith('.')) edges.set(found.path, [...(edges.get(found.path) ?? []), found]);

  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const again = trail.indexOf(path);
    if (again >= 0)
      cycles.push(`${path}: imports itself through ${trail.slice(again + 1).join(', ') || path}`);
    if (again >= 0 || done.has(path)) return;
    for (const edge of edges.get(path) ?? []) visit(resolved(edge), [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
};
