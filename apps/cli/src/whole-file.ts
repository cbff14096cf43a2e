import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/**
 * A file that appears whole or not at all: written beside its place, then renamed.
 *
 * @throws {UsageError} at once where it could not be written, so that nobody waits for a run whose report is lost
 */
export async function wholeFile(path: string): Promise<(content: string | Uint8Array) => Promise<void>> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const explained = (error: unknown) =>
    new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  try {
    await write(beside, '');
    await rm(beside);
  } catch (error) {
    throw explained(error);
  }
  if (await isFolder(path)) throw new UsageError(`cannot write ${path}: it is a folder`);
  return async (content) => {
    try {
      await write(beside, content);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw explained(error);
    }
  };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** `wx`: a file that is already there is somebody else's. */
async function write(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
