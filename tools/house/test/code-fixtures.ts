/** For each rule of code, trees that break it and what is to be said of them. */
export const BROKEN_CODE = {
  noAny: [
    [
      { 'packages/core/test/a.test.ts': '\nexport const a = (b: any[]) => b as any;' },
      ['packages/core/test/a.test.ts:2: `any`', 'packages/core/test/a.test.ts:2: `any`'],
    ],
  ],
  noConsole: [
    [
      { 'packages/core/src/a.ts': "globalThis.console.log('a');" },
      ['packages/core/src/a.ts:1: `console` in a package'],
    ],
    [
      { 'packages/core/src/a.ts': 'const { log } = console;' },
      ['packages/core/src/a.ts:1: `console` in a package'],
    ],
  ],
  noDoubleCasts: [
    [
      { 'packages/core/src/a.ts': 'export const a = (1 as unknown) as string;' },
      ['packages/core/src/a.ts:1: `as unknown as` outside the seam'],
    ],
  ],
  noForeignKeys: [
    [
      { 'packages/core/src/a.ts': 'for (const k in a) {\n  b[k] = a[k];\n  use(b[k], c.a[k]);\n}' },
      [3, 3].map(
        (line) => `packages/core/src/a.ts:${line}: another object is read by \`k\` of a for…in loop`,
      ),
    ],
  ],
} as const;
