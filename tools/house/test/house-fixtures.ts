import { BROKEN_CODE } from './code-fixtures.ts';

type Files = { readonly [path: string]: string };

const manifest = (name: string, rest: object = {}): string => JSON.stringify({ name, ...rest });
const entry = (file: string) => ({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` });

const core = manifest('@softmax/core', { exports: { '.': entry('index') } });
const onnx = manifest('@softmax/onnx', {
  exports: { '.': entry('index'), './node': entry('node') },
  dependencies: { '@softmax/core': 'workspace:*' },
});
const packages = { 'packages/core/package.json': core, 'packages/onnx/package.json': onnx };
const long = (lines: number): string => 'export {};\n'.repeat(lines);

/** A tree that keeps every rule, and comes close to breaking each. */
export const KEPT: Files = {
  ...packages,
  'packages/conformance/package.json': manifest('@softmax/conformance', {
    exports: { '.': entry('index') },
    dependencies: { '@softmax/core': 'workspace:*', 'fast-check': '4.10.2' },
    peerDependencies: { vitest: '^5.1.0' },
  }),
  'apps/cli/package.json': manifest('@softmax/cli', { dependencies: { commander: '14.0.3' } }),
  'packages/core/src/index.ts': "export { a, type B } from './a.ts';\nexport type { C } from './c.ts';\n",
  'packages/core/src/a.ts':
    "export const a: unknown = 'any, console, as unknown as';\nexport type B = typeof a;\n",
  'packages/core/src/c.ts':
    "import { a } from './a.ts';\nexport type C = typeof a;\nexport const c = a as number;\n",
  'packages/core/src/longest.ts': long(400),
  'packages/core/src/primes.generated.ts': long(401),
  'packages/core/test/a.test.ts':
    "import { a } from '../src/a.ts';\nimport '@softmax/core';\nconsole.log(a);\n",
  'packages/onnx/src/node.ts': "import '@softmax/core';\nimport 'onnxruntime-node';\n",
  'packages/onnx/test/plan.test.ts': "import '@softmax/conformance';\nimport '@softmax/onnx/node';\n",
  'apps/cli/src/main.ts': "import '@softmax/onnx/node';\nconsole.log('https://example.com/home/a');\n",
  'scripts/commonest.mjs': 'export {};\n',
};

/** For each rule, trees that break it and what is to be said of them. */
export const BROKEN: { readonly [rule: string]: readonly (readonly [Files, readonly string[]])[] } = {
  ...BROKEN_CODE,
  documented: [
    [
      {
        'packages/core/src/index.ts': "export { a, type B } from './a.ts';",
        'packages/core/src/a.ts':
          '/** Of another. */\nconst b = 1;\nexport function a(): number {\n  return b;\n}\n',
      },
      ['packages/core/src/a.ts: a has no @example'],
    ],
    [
      {
        'packages/core/src/ops/index.ts': "export { a, aGrad } from './a.ts';",
        'packages/core/src/ops/a.ts':
          '/**\n * @throws\n * @example\n */\nexport function a() {}\n/** Nothing. */\nexport function aGrad() {}\n',
      },
      [
        'packages/core/src/ops/a.ts: a has no @see',
        'packages/core/src/ops/a.ts: aGrad has no @example',
        'packages/core/src/ops/a.ts: aGrad has no @throws',
      ],
    ],
  ],
  exactVersions: [
    [
      { 'package.json': manifest('m', { devDependencies: { a: '^1.0.0' } }) },
      ['package.json: a ^1.0.0 is no exact version'],
    ],
    [
      { 'package.json': manifest('m', { optionalDependencies: { a: 'latest' } }) },
      ['package.json: a latest is no exact version'],
    ],
    [
      {
        'package.json': manifest('m', { devDependencies: { a: '1.0.0' } }),
        'apps/b/package.json': manifest('b', { dependencies: { a: '1.0.1' } }),
      },
      ['apps/b/package.json: a 1.0.1, but 1.0.0 elsewhere'],
    ],
  ],
  fewRuntimeDependencies: [
    [
      { 'packages/core/package.json': manifest('@softmax/core', { dependencies: { lodash: '4.17.21' } }) },
      ['packages/core/package.json: @softmax/core must not need lodash at run time'],
    ],
    [
      {
        'packages/wasm/package.json': manifest('@softmax/wasm', { dependencies: { 'fast-check': '4.10.2' } }),
      },
      ['packages/wasm/package.json: @softmax/wasm must not need fast-check at run time'],
    ],
  ],
  importGraph: [
    [
      { ...packages, 'packages/core/test/a.test.ts': "import '@softmax/onnx/node';" },
      ['packages/core/test/a.test.ts:1: @softmax/core must not import @softmax/onnx'],
    ],
    [
      { ...KEPT, 'packages/onnx/src/a.ts': "\nexport type A = import('@softmax/conformance').A;" },
      ['packages/onnx/src/a.ts:2: @softmax/onnx must not import @softmax/conformance'],
    ],
    [
      { ...KEPT, 'packages/onnx/src/a.ts': "await import('@softmax/cli');" },
      ['packages/onnx/src/a.ts:1: @softmax/onnx must not import @softmax/cli'],
    ],
    [
      {
        ...packages,
        'packages/core/package.json': manifest('@softmax/core', {
          devDependencies: { '@softmax/onnx': 'workspace:*' },
        }),
      },
      ['packages/core/package.json: @softmax/core must not depend on @softmax/onnx'],
    ],
  ],
  indexOnlyReexports: [
    [
      { 'packages/core/src/index.ts': "export * from './a.ts';" },
      ['packages/core/src/index.ts: ExportAllDeclaration where only `export { name } from` belongs'],
    ],
    [
      { 'packages/core/src/ops/index.ts': "export * as a from './a.ts';" },
      ['packages/core/src/ops/index.ts: ExportAllDeclaration where only `export { name } from` belongs'],
    ],
    [
      { 'packages/core/src/index.ts': 'export const a = 1;' },
      ['packages/core/src/index.ts: ExportNamedDeclaration where only `export { name } from` belongs'],
    ],
    [
      { 'apps/cli/src/index.ts': "import './a.ts';" },
      ['apps/cli/src/index.ts: ImportDeclaration where only `export { name } from` belongs'],
    ],
  ],
  noCycles: [
    [
      {
        'packages/core/src/a.ts': "import './b.ts';",
        'packages/core/src/b.ts': "export { c } from './deep/c.ts';",
        'packages/core/src/deep/c.ts': "import type { A } from '../a.ts';\nexport const c: A = 1;",
      },
      ['packages/core/src/a.ts: imports itself through packages/core/src/b.ts, packages/core/src/deep/c.ts'],
    ],
    [{ 'scripts/a.mjs': "import './a.mjs';" }, ['scripts/a.mjs: imports itself through scripts/a.mjs']],
  ],
  noDeepImports: [
    [
      { ...packages, 'packages/onnx/src/a.ts': "import '@softmax/core/dist/shape.js';" },
      ['packages/onnx/src/a.ts:1: @softmax/core/dist/shape.js is no entry of @softmax/core'],
    ],
    [
      { 'packages/onnx/test/a.ts': "import '../../core/src/shape.ts';" },
      ['packages/onnx/test/a.ts:1: ../../core/src/shape.ts leaves packages/onnx'],
    ],
    [
      { 'packages/core/src/a.ts': "import '../test/b.ts';" },
      ['packages/core/src/a.ts:1: ../test/b.ts leaves src'],
    ],
  ],
  noEmptyNames: [
    [
      { 'packages/core/src/utils/a.ts': '' },
      ['packages/core/src/utils/a.ts: "utils" does not say what it holds'],
    ],
    [{ 'scripts/types.ts': '' }, ['scripts/types.ts: "types.ts" does not say what it holds']],
  ],
  noLongFiles: [
    [{ 'packages/core/src/a.ts': long(401) }, ['packages/core/src/a.ts: 401 lines, at most 400']],
    [{ 'apps/cli/src/a.tsx': long(401) }, ['apps/cli/src/a.tsx: 401 lines, at most 400']],
  ],
  noMachineTraces: [
    [{ 'README.md': `see ${'/'}home/me/softmax` }, ['README.md: a path of one machine']],
    [
      { 'pnpm-lock.yaml': `https://registry.${'example.com'}/a.tgz` },
      ["pnpm-lock.yaml: a registry's address"],
    ],
  ],
};
