/** What is made slowly, used by several at once, and must be given back. */
export interface Releasable {
  release(): Promise<void>;
}

interface Entry<S> {
  readonly session: Promise<S>;
  /** The session, when it is there: one promise less to wait for. */
  made?: S;
  users: number;
  /** Waits for the last user of an entry that was put out. */
  idle?: () => void;
}

/**
 * Sessions by key, at most `limit` of them: the one used longest ago goes first, and is released when its last user is
 * done. Calls that come while a session is made wait for that one; one that could not be made is forgotten.
 */
export class Sessions<S extends Releasable> {
  readonly #limit: number;
  readonly #entries = new Map<string, Entry<S>>();
  #newest: Entry<S> | undefined;
  readonly #leaving = new Set<Promise<void>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  async use<T>(key: string, create: () => Promise<S>, f: (session: S) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? { session: create(), users: 0 };
    entry.users++;
    if (this.#newest !== entry) {
      this.#newest = entry;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#shrink(this.#limit);
    }
    try {
      return await f(entry.made ?? (await this.#made(key, entry)));
    } finally {
      entry.users--;
      if (entry.users === 0) entry.idle?.();
    }
  }

  /** Releases every session as soon as it is idle, and tells when all are gone. */
  async clear(): Promise<void> {
    this.#shrink(0);
    await Promise.all(this.#leaving);
  }

  async #made(key: string, entry: Entry<S>): Promise<S> {
    try {
      entry.made = await entry.session;
      return entry.made;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      this.#newest = undefined;
      throw error;
    }
  }

  #shrink(limit: number): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= limit) return;
      this.#entries.delete(key);
      if (this.#newest === entry) this.#newest = undefined;
      const leaving = release(entry).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
      // Who clears the cache hears of a failure; the call that put the session out has nothing to do with it.
      leaving.catch(() => {});
    }
  }
}

async function release<S extends Releasable>(entry: Entry<S>): Promise<void> {
  if (entry.users > 0)
    await new Promise<void>((idle) => {
      entry.idle = idle;
    });
  const session = await entry.session.catch(() => undefined);
  await session?.release();
}
