import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
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

/** A file that is not whole yet. */
interface Unfinished {
  readonly path: string;
  /** Whether nothing is written to it. */
  readonly empty: boolean;
  /** Removes it while it is empty; the next write makes it anew. */
  withdraw(): Promise<void>;
}

/** Who ends the process in the middle removes these. */
export const UNFINISHED: Set<Unfinished> = new Set();

/** Each piece is out before the next one is made. */
export const streamTarget = (to: Output): Target => ({
  append(bytes) {
    // What writes to a descriptor has let go of the bytes when it says so; what passes them on may hold them for longer.
    const kept = typeof bytes === 'string' || 'fd' in to ? bytes : Uint8Array.from(bytes);
    return new Promise((resolved, reject) => {
      to.write(kept, (error) => (error ? reject(error) : resolved()));
    });
  },
  writeAt: undefined,
  async commit() {},
  async discard() {},
});

/** The longest name of a file on common systems, in bytes. */
const LONGEST_NAME = 255;
/** Of symbolic links that lead to one another, as in Linux (path_resolution(7)). */
const MOST_LINKS = 40;

/** The name of a file beside `path`, cut to what a folder takes. */
function besideOf(path: string): string {
  const ending = `.${randomBytes(4).toString('hex')}.tmp`;
  const bytes = Buffer.from(basename(path)).subarray(0, LONGEST_NAME - ending.length);
  // A character that is cut in two is left out.
  const name = new TextDecoder().decode(bytes, { stream: true });
  return join(dirname(path), `${name}${ending}`);
}

/** The file that is written where `path` names a symbolic link, also where that file is not there yet. */
async function followed(path: string, links = 0): Promise<string> {
  const to = await readlink(path).catch(() => undefined);
  if (to === undefined) return path;
  if (links === MOST_LINKS) throw new Error('too many symbolic links');
  const folder = await realpath(dirname(path));
  return followed(resolve(folder, to), links + 1);
}

/**
 * A file that appears whole or not at all: written beside its place, then renamed. It keeps the permissions of the file
 * that it replaces, and a symbolic link stays one.
 *
 * @throws {UsageError} at once where it could not be written
 */
export async function fileTarget(path: string): Promise<Target> {
  const explained = (error: unknown) => new UsageError(`cannot write ${path}: ${said(error)}`);
  const tried = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw explained(error);
    });
  const place = await tried(() => followed(path));
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory()) throw explained(new Error('it is a folder'));
  // A device or a pipe is written to; a file is replaced.
  return found !== undefined && !found.isFile()
    ? deviceTarget(await tried(() => open(place, 'w')), tried)
    : replacing(place, found, tried);
}

type Tried = <T>(work: () => Promise<T>) => Promise<T>;

const deviceTarget = (file: FileHandle, tried: Tried): Target => ({
  append: (bytes) => tried(() => file.appendFile(bytes)),
  writeAt: undefined,
  commit: () => tried(() => file.close()),
  discard: () => file.close(),
});

interface Owned {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function replacing(place: string, found: Owned | undefined, tried: Tried): Promise<Target> {
  const beside = besideOf(place);
  const opened = async (): Promise<FileHandle> => {
    // Before it is there: a signal may come while it is being made.
    UNFINISHED.add(unfinished);
    const file = await open(beside, 'wx', found ? 0o600 : 0o666).catch((error: unknown) => {
      UNFINISHED.delete(unfinished);
      throw error;
    });
    if (!found) return file;
    // Only the system's owner may give a file away; the permissions come after, since that can change them.
    await file.chown(found.uid, found.gid).catch(() => {});
    await file.chmod(found.mode & 0o7777);
    return file;
  };
  let file: FileHandle | undefined;
  let empty = true;
  const removed = async (): Promise<void> => {
    await file?.close();
    file = undefined;
    await rm(beside, { force: true });
    UNFINISHED.delete(unfinished);
  };
  const unfinished: Unfinished = {
    path: beside,
    get empty() {
      return empty;
    },
    withdraw: removed,
  };
  const written = (write: (to: FileHandle) => Promise<unknown>): Promise<void> =>
    tried(async () => {
      file ??= await opened();
      empty = false;
      await write(file);
    });
  file = await tried(opened);
  return {
    append: (bytes) => written((to) => to.appendFile(bytes)),
    writeAt: (position, bytes) => written((to) => to.write(bytes, 0, bytes.length, position)),
    commit: () =>
      tried(async () => {
        file ??= await opened();
        await file.sync();
        await file.close();
        file = undefined;
        await rename(beside, place);
        UNFINISHED.delete(unfinished);
      }),
    discard: removed,
  };
}
