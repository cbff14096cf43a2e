import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { said } from './input-error.ts';
import type { Output } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** Where the bytes of a result go, piece by piece. */
export interface Target {
  append(bytes: Uint8Array | string): Promise<void>;
  /** Overwrites what was appended; absent where that is gone, as in a pipe. */
  readonly writeAt: ((position: number, bytes: Uint8Array) => Promise<void>) | undefined;
  /** All is written: only now is a file there. */
  commit(): Promise<void>;
  /** Nothing is. */
  discard(): Promise<void>;
}

/** Files that are not whole yet: who ends the process in the middle removes them. */
export const UNFINISHED: Set<string> = new Set();

/** Each piece is out before the next one is made. */
export const streamTarget = (to: Output): Target => ({
  append(bytes) {
    // What writes to a descriptor has let go of the bytes when it says so; what passes them on may hold them for longer.
    const kept = typeof bytes === 'string' || 'fd' in to ? bytes : Uint8Array.from(bytes);
    return new Promise((resolve, reject) => {
      to.write(kept, (error) => (error ? reject(error) : resolve()));
    });
  },
  writeAt: undefined,
  async commit() {},
  async discard() {},
});

/**
 * A file that appears whole or not at all: written beside its place, then renamed.
 *
 * @throws {UsageError} at once where it could not be written
 */
export async function fileTarget(path: string): Promise<Target> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const explained = (error: unknown) => new UsageError(`cannot write ${path}: ${said(error)}`);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw explained(new Error('it is a folder'));
  // A device or a pipe is written to; a file is replaced.
  const device = found !== undefined && !found.isFile();
  const file: FileHandle = await open(device ? path : beside, device ? 'w' : 'wx').catch((error: unknown) => {
    throw explained(error);
  });
  if (!device) UNFINISHED.add(beside);
  const tried = (work: () => Promise<unknown>): Promise<void> =>
    work().then(
      () => {},
      (error: unknown) => {
        throw explained(error);
      },
    );
  const discard = async () => {
    await file.close();
    await rm(beside, { force: true });
    UNFINISHED.delete(beside);
  };
  return {
    append: (bytes) => tried(() => file.appendFile(bytes)),
    writeAt: device
      ? undefined
      : (position, bytes) => tried(() => file.write(bytes, 0, bytes.length, position)),
    commit: () =>
      tried(async () => {
        if (!device) await file.sync();
        await file.close();
        if (!device) await rename(beside, path);
        UNFINISHED.delete(beside);
      }),
    discard,
  };
}
