/** The only files that may say `as unknown as`, each with the reason why no honest type would do. */
export const SEAMS: { readonly [path: string]: string } = {};
