import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Backend, Mode } from '@softmax/core';
import { type Candidate, opened } from './candidate.ts';
import { inThread } from './in-thread.ts';

/** A backend in a file of its own: its default export, or what that makes. */
export const backendFile = (path: string): Candidate => ({
  name: path,
  about: 'a backend of your own',
  argument: `--backend ${path}`,
  async open() {
    const { asBackend } = await import('@softmax/conformance');
    const found = await exported(path);
    const worker = inThread(path);
    if (typeof found !== 'function') return { ...closing(asBackend(found, path)), worker };
    const make = async () => asBackend(await (found as () => unknown)(), path);
    return { ...closing(await make()), make, worker };
  },
});

const closing = (backend: Backend<never, Mode>) =>
  opened(backend, async () => {
    await backend.dispose?.();
  });

async function exported(path: string): Promise<unknown> {
  const { SoftmaxError } = await import('@softmax/core');
  const file = resolve(path);
  if (!existsSync(file)) throw new SoftmaxError('INVALID_OPTION', '--backend', path, 'a file that exists');
  const loaded = await import(pathToFileURL(file).href).then(
    (module: { readonly default?: unknown }) => module,
    (error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      throw new SoftmaxError(
        'INVALID_OPTION',
        '--backend',
        `${path}, which says: ${said}`,
        'a module that loads',
        error,
      );
    },
  );
  if (loaded.default !== undefined) return loaded.default;
  const names = Object.keys(loaded).join(', ') || 'nothing';
  const allowed = '`export default` of a backend, or of a function that makes one';
  throw new SoftmaxError('INVALID_OPTION', '--backend', `${path}, which exports ${names}`, allowed);
}
