import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/**
 * A file that appears whole or not at all: written beside its place, then renamed.
 *
 * @throws {UsageError} at once where it could not be written, so that nobody waits for a run whose report is lost
 */
export async function jsonFile(path: string): Promise<(value: unknown) => Promise<void>> {
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
  return async (value) => {
    try {
      await write(beside, `${JSON.stringify(value, null, 2)}\n`);
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
async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
