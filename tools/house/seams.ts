/** The only files that may say `as unknown as`, each with the reason why no honest type would do. */
export const SEAMS: { readonly [path: string]: string } = {
  'packages/core/src/execute/run.ts':
    'one driver runs every backend: which buffers a kernel takes depends on its name, known only at run time',
};
