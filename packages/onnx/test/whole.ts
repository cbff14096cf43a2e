import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly whole: boolean;
  }
}

/** Whether the runtimes run whole plans: `pnpm check:runtimes`. */
export const WHOLE: boolean = inject('whole');
